//! Columns through links need the linked record itself; here it gets the title that a plain link would carry.

import { objectNamed } from "../api/schema";
import type { CrmRecord, ObjectSchema, Page, Schema } from "../api/types";

/** The links that columns pass, as the server is asked for them: `account,owner`. */
export function expandOf(paths: readonly string[]): string {
  const heads = paths.filter((path) => path.includes(".")).map((path) => path.split(".")[0] ?? "");
  return [...new Set(heads)].join(",");
}

/** Fields to ask for: a path is asked for by the link it begins with. */
export function withoutPaths(paths: readonly string[]): string[] {
  return [...new Set(paths.map((path) => path.split(".")[0] ?? ""))];
}

/** The page with each expanded link titled, so that it reads like any other link. */
export function titled(schema: Schema | undefined, object: ObjectSchema, expand: string, page: Page): Page {
  if (!schema || !expand) return page;
  const links = expand.split(",").flatMap((name) => {
    const field = object.fields.find((one) => one.name === name);
    const target = field && objectNamed(schema, field.target);
    return target ? [{ name, title: target.title_field }] : [];
  });
  const one = (record: CrmRecord): CrmRecord => {
    const filled = links
      .filter(({ name }) => record[name] && record[name].title === undefined)
      .map(({ name, title }) => [name, { ...record[name], title: record[name][title] }]);
    return { ...record, ...Object.fromEntries(filled) };
  };
  return { ...page, items: page.items.map(one) };
}
