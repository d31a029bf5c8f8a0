//! Saving what changed in a record, by form or in place: with the version it was read at, merged when that was stale.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Problem } from "../api/client";
import { changed, updateRecord } from "../api/records";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { toUpdate, type Values } from "../form/draft";
import { StaleDialog } from "../form/stale";

interface Sent {
  /** The version the values are to be saved upon. */
  version: number;
  against: CrmRecord;
  values: Values;
}

/** The values that differ, typed as they are shown, so that both sides can be compared. */
export function edited(object: ObjectSchema, before: CrmRecord, values: Values): Values {
  const names = Object.keys(toUpdate(object.fields, before, values));
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

export function useSave(object: ObjectSchema, before: CrmRecord, onSaved: () => void) {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: ({ version, against, values }: Sent) =>
      updateRecord(object, before.id, version, toUpdate(object.fields, against, values)),
    onSuccess: (saved) => {
      client.setQueryData(["record", object.name, before.id, null], (old: CrmRecord | undefined) => ({
        ...saved,
        _can: saved._can ?? old?._can,
      }));
      void changed(client, object.name);
      onSaved();
    },
  });
  const { error } = mutation;
  const stale = error instanceof Problem && error.code === "stale_version" ? error.current : undefined;
  const save = (values: Values) => {
    if (Object.keys(values).length === 0) onSaved();
    else mutation.mutate({ version: before.version, against: before, values });
  };
  const merge = (current: CrmRecord) => (chosen: Values) => {
    if (Object.keys(toUpdate(object.fields, current, chosen)).length > 0)
      return mutation.mutate({ version: current.version, against: current, values: chosen });
    void changed(client, object.name);
    onSaved();
  };
  const dialog = stale && (
    <StaleDialog
      object={object}
      mine={mutation.variables?.values ?? {}}
      before={before}
      current={stale}
      busy={mutation.isPending}
      onClose={() => mutation.reset()}
      onMerge={merge(stale)}
    />
  );
  return { save, pending: mutation.isPending, error: stale ? null : error, reset: mutation.reset, dialog };
}
