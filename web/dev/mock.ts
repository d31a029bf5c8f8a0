//! A stand-in for the server while developing the UI: follows docs/api.md over arrays. Never part of the build.
//! `MOCK_SETUP=1` begins before set-up. Sign in with any e-mail and the password `guanxi`.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";
import type { CrmRecord, HistoryItem, ObjectSchema, Value } from "../src/api/types";
import { makeTables, newId } from "./data.ts";
import { matches, searched, sorted } from "./query.ts";
import { schema } from "./schema.ts";

const tables = makeTables();
const history = new Map<string, HistoryItem[]>();
const imports = new Map<string, Value>();
const undos = new Map<string, () => void>();
let signedIn = process.env.MOCK_SIGNED_IN === "1";
let setupNeeded = process.env.MOCK_SETUP === "1";
let seq = 1;
const meUser = tables.user?.[0] as CrmRecord;
const me = {
  user: {
    id: meUser.id,
    name: meUser.name,
    email: meUser.email,
    locale: "zh-CN",
    time_zone: "Asia/Shanghai",
    department: { id: "d", title: "销售部" },
    roles: [{ id: "r", title: "Administrator" }],
    administrator: true,
  },
  csrf: "mock",
  preferences: { favourites: [], opens: {} },
  workspace: schema.workspace,
};

class Refused {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly more: object = {},
  ) {}
}

const now = () => new Date().toISOString().replace(/\.\d+Z/, "Z");
const myself = { id: meUser.id, title: meUser.name };

function log(record: CrmRecord, action: string, changes: HistoryItem["changes"], kind = "request"): void {
  const items = history.get(record.id) ?? [];
  history.set(record.id, [
    { seq: seq++, version: record.version, at: now(), actor: myself, cause: { kind }, action, changes },
    ...items,
  ]);
}

/** A link given by id gets its title, as the server answers. */
function resolve(object: ObjectSchema, values: Value): Value {
  const title = (target: string | undefined, id: string) => {
    const found = tables[target ?? ""]?.find((one) => one.id === id);
    const field = schema.objects.find((one) => one.name === target)?.title_field ?? "name";
    return { id, title: found?.[field] ?? id };
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, Value]) => {
      const field = object.fields.find((one) => one.name === name);
      if ((field?.kind === "link" || field?.kind === "person") && value)
        return [name, title(field.target, value.id ?? value)];
      if ((field?.kind === "tags" || field?.kind === "links") && value)
        return [name, value.map((one: Value) => title(field.target, one.id ?? one))];
      if (field?.kind === "any_link" && value)
        return [name, { object: value.object, ...title(value.object, value.id) }];
      return [name, value];
    }),
  );
}

function check(object: ObjectSchema, record: Value): void {
  const errors = object.fields
    .filter((field) => field.required && !field.read_only && (record[field.name] ?? "") === "")
    .map((field) => ({ field: field.name, code: "required", message: "必填 / Required", params: {} }));
  if (object.name === "opportunity" && record.stage?.title === "输单" && !record.lost_reason) {
    errors.push({ field: "lost_reason", code: "required", message: "请填写输单原因 / Say why", params: {} });
  }
  if (errors.length)
    throw new Refused(422, "invalid", "请检查标出的字段 / Please check the marked fields", { errors });
}

function write(object: ObjectSchema, record: CrmRecord, values: Value, kind = "request"): CrmRecord {
  const before = { ...record };
  const next = resolve(object, values);
  check(object, { ...record, ...next });
  Object.assign(record, next, { version: record.version + 1, updated_at: now(), updated_by: myself });
  const changes = Object.keys(next).map((field) => ({
    field,
    old: before[field] ?? null,
    new: record[field] ?? null,
  }));
  log(record, "update", changes, kind);
  return record;
}

function list(object: ObjectSchema, query: Value): Value {
  const filter = typeof query.filter === "string" ? JSON.parse(query.filter) : query.filter;
  const all = (tables[object.name] ?? []).filter(
    (one) =>
      !!one.deleted_at === (String(query.deleted) === "true") &&
      matches(one, filter, meUser.id) &&
      (!query.q || searched(one, query.q)),
  );
  const rows = sorted(all, query.sort ?? "");
  const from = Number(query.cursor ?? 0);
  const limit = Number(query.limit ?? 50);
  return {
    items: rows.slice(from, from + limit),
    next: from + limit < rows.length ? String(from + limit) : null,
    count: query.count ? { value: rows.length, exact: true } : undefined,
  };
}

function aggregate(object: ObjectSchema, query: Value): Value {
  const { items } = list(object, { ...query, limit: 100_000 });
  const groups = new Map<string, Value>();
  for (const item of items) {
    const key = item[query.group];
    const id = key?.id ?? key;
    const group = groups.get(id) ?? { key: [key], count: 0 };
    group.count += 1;
    for (const measure of query.measure.split(",").filter((one: string) => one.startsWith("sum:"))) {
      const old = Number(group[measure]?.amount ?? 0);
      group[measure] = {
        amount: (old + Number(item[measure.slice(4)]?.amount ?? 0)).toFixed(2),
        currency: "CNY",
      };
    }
    groups.set(id, group);
  }
  return { groups: [...groups.values()], truncated: false };
}

function one(object: ObjectSchema, id: string | undefined): CrmRecord {
  const found = tables[object.name]?.find((record) => record.id === id);
  if (!found) throw new Refused(404, "not_found", "Not found");
  return found;
}

function bulk(object: ObjectSchema, body: Value): Value {
  const chosen = (tables[object.name] ?? []).filter((record) =>
    body.ids ? body.ids.includes(record.id) : !record.deleted_at && matches(record, body.filter, meUser.id),
  );
  const before = chosen.map((record) => ({ ...record }));
  for (const record of chosen) {
    if (body.action === "delete") record.deleted_at = now();
    else if (body.action === "restore") record.deleted_at = null;
    else write(object, record, body.values, "bulk");
  }
  const id = newId();
  undos.set(id, () => {
    for (const old of before) Object.assign(one(object, old.id), old);
  });
  return { id, done: chosen.length, failed: [] };
}

function timeline(record: CrmRecord): Value {
  const about = ["activity", "task"].flatMap((kind) =>
    (tables[kind] ?? [])
      .filter((one) => one.about?.id === record.id && !one.deleted_at)
      .map((one) => ({ kind, at: one.happened_at ?? one.created_at, actor: myself, record: one })),
  );
  const changes = (history.get(record.id) ?? []).map((change) => ({
    kind: "change",
    at: change.at,
    actor: change.actor,
    change,
  }));
  return { items: [...about, ...changes].sort((a, b) => b.at.localeCompare(a.at)), next: null };
}

function records(
  method: string,
  object: ObjectSchema,
  [id, action, name]: (string | undefined)[],
  query: Value,
  body: Value,
  headers: Value,
): Value {
  if (!id) {
    if (method === "GET") return list(object, query);
    const record = {
      id: newId(),
      version: 1,
      created_at: now(),
      created_by: myself,
      updated_at: now(),
      updated_by: myself,
      deleted_at: null,
      ...resolve(object, body),
    } as CrmRecord;
    check(object, record);
    tables[object.name] = [...(tables[object.name] ?? []), record];
    log(
      record,
      "create",
      Object.keys(body).map((field) => ({ field, old: null, new: record[field] })),
    );
    return record;
  }
  if (id === "aggregate") return aggregate(object, query);
  if (id === "bulk") return bulk(object, body);
  const record = one(object, id);
  if (action === "history") return { items: history.get(id) ?? [], next: null };
  if (action === "timeline") return timeline(record);
  if (action === "explain")
    return {
      visible: true,
      reasons: [
        { code: "scope", text: "角色“管理员”可以读取全部记录 / The role Administrator reads all records" },
      ],
      actions: { read: true, update: true, delete: true, export: false },
    };
  if (action === "restore") return Object.assign(record, { deleted_at: null });
  if (action === "commands") {
    const outcome = { win: "赢单", lose: "输单" }[name ?? ""];
    const to = tables.stage?.find((stage) => stage.name === outcome);
    return {
      record: write(
        object,
        record,
        to ? { stage: to.id, lost_reason: body.lost_reason ?? null } : body,
        "command",
      ),
      made: [],
    };
  }
  if (method === "DELETE") return void Object.assign(record, { deleted_at: now() });
  if (method === "PATCH") {
    const version = Number(String(headers["if-match"] ?? "").replaceAll('"', ""));
    if (!version) throw new Refused(428, "version_required", "Version required");
    if (version !== record.version)
      throw new Refused(409, "stale_version", "别人刚刚保存过 / Somebody saved first", { current: record });
    return write(object, record, body);
  }
  return { ...record, _can: ["update", "delete", ...object.commands.map((command) => command.name)] };
}

/** An import that only counts: the dry run at once, the run over some seconds. */
function importing(method: string, [id, action, name]: (string | undefined)[], body: Value): Value {
  if (id === "inspect") {
    return {
      kind: "csv",
      encoding: "gb18030",
      rows: 8800,
      columns: [
        { name: "客户名称", samples: ["上海云帆科技", "Acme"] },
        { name: "行业", samples: ["零售", "软件"] },
        { name: "电话", samples: ["13812345678"] },
        { name: "备注栏", samples: ["", "重要"] },
      ],
      mapping: {
        object: body.object ?? "account",
        policy: "create_or_update",
        match_on: ["name"],
        columns: { 客户名称: { field: "name" }, 行业: { field: "industry" }, 电话: { field: "phone" } },
        links: {},
      },
    };
  }
  if (!id && method === "POST") {
    const made = {
      id: newId(),
      version: 1,
      status: "done",
      object: body.mapping.object,
      dry_run: true,
      rows_total: 8800,
      rows_done: 8800,
      rows_created: 8420,
      rows_updated: 312,
      rows_skipped: 0,
      rows_failed: 68,
      started: 0,
    };
    imports.set(made.id, made);
    return made;
  }
  const found = imports.get(id ?? "");
  if (!found) throw new Refused(404, "not_found", "Not found");
  if (action === "preview")
    return {
      truncated: true,
      rows: [
        {
          row: 2,
          action: "create",
          values: { name: "上海云帆科技", industry: "retail", phone: "13812345678" },
        },
        {
          row: 3,
          action: "update",
          values: { name: "Acme Corporation", industry: "software", phone: "13900001111" },
          changes: [{ field: "industry", old: "retail", new: "software" }],
        },
        {
          row: 4,
          action: "fail",
          values: { name: "GTXPro", industry: "零食", phone: "12" },
          problems: [
            { field: "industry", code: "unknown_option", message: "没有“零食”这个选项，是否指“零售”？" },
            { field: "phone", code: "phone_format", message: "不是有效的电话号码" },
          ],
        },
      ],
    };
  if (name === "run") Object.assign(found, { dry_run: false, status: "running", started: Date.now() });
  if (name === "cancel") found.status = "cancelled";
  if (name === "undo") found.status = "undone";
  if (found.status === "running") {
    const share = Math.min(1, (Date.now() - found.started) / 6000);
    Object.assign(found, { rows_done: Math.round(8800 * share), status: share >= 1 ? "done" : "running" });
  }
  return found;
}

function answer(method: string, path: string[], query: Value, body: Value, headers: Value): Value {
  const [first, ...rest] = path;
  if (first === "setup") {
    if (method === "GET") return { needed: setupNeeded };
    if (!setupNeeded) throw new Refused(409, "setup_done", "Set up already");
    setupNeeded = false;
    signedIn = true;
    return me;
  }
  if (first === "session") {
    if (method === "POST" && body.password !== "guanxi")
      throw new Refused(401, "sign_in_failed", "邮箱或密码不对 / Wrong e-mail or password");
    signedIn = method === "POST";
    return signedIn ? me : undefined;
  }
  if (!signedIn) throw new Refused(401, "not_signed_in", "Not signed in");
  if (first === "me")
    return rest[0] === "sessions"
      ? {
          items: [
            {
              id: "1",
              current: true,
              agent: headers["user-agent"],
              address: "127.0.0.1",
              seen_at: now(),
            },
            {
              id: "2",
              agent: "Mozilla/5.0 (iPhone) MicroMessenger/8",
              address: "10.0.0.8",
              seen_at: "2026-11-20T08:00:00Z",
            },
          ],
        }
      : method === "GET"
        ? me
        : undefined;
  if (first === "schema") return schema;
  if (first === "search") {
    const only = query.objects ? query.objects.split(",") : null;
    return {
      items: schema.objects
        .filter((object) => object.searchable && !object.hidden && (!only || only.includes(object.name)))
        .flatMap((object) =>
          (tables[object.name] ?? [])
            .filter((one) => searched(one, query.q))
            .slice(0, 12)
            .map((one) => ({
              object: object.name,
              id: one.id,
              title: one[object.title_field],
              subtitle: one[object.subtitle_field ?? ""]?.title ?? null,
            })),
        )
        .slice(0, Number(query.limit ?? 20)),
    };
  }
  if (first === "bulk") {
    undos.get(rest[0] ?? "")?.();
    return { id: newId(), done: 1, failed: [] };
  }
  if (first === "files") return { id: newId() };
  if (first === "imports") return importing(method, rest, body);
  if (first === "exports") return { id: newId(), status: "done", rows_done: 430, rows_total: 430 };
  const object = schema.objects.find((one) => one.plural === first);
  if (!object) throw new Refused(404, "not_found", "Not found");
  return records(method, object, rest, query, body, headers);
}

async function readBody(request: IncomingMessage): Promise<Value> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (!String(request.headers["content-type"]).includes("json")) return {};
  return JSON.parse(Buffer.concat(chunks).toString() || "{}");
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://mock");
  const path = url.pathname
    .replace(/^\/api\/v1\//, "")
    .split("/")
    .map(decodeURIComponent);
  if (path[0] === "events") {
    response.writeHead(200, { "Content-Type": "text/event-stream" }).write(":\n\n");
    return;
  }
  const send = (status: number, body: unknown) => {
    response.writeHead(body === undefined ? 204 : status, { "Content-Type": "application/json" });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
  try {
    const body = await readBody(request);
    send(
      200,
      answer(request.method ?? "GET", path, Object.fromEntries(url.searchParams), body, request.headers),
    );
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    send(error.status, { status: error.status, code: error.code, title: error.title, ...error.more });
  }
}

export function mockApi(): Plugin {
  return {
    name: "guanxi-mock",
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (!request.url?.startsWith("/api/v1/")) return next();
        handle(request, response).catch(next);
      });
    },
  };
}
