//! A mapping taken from a file, and kept in one for the next time or for the command line.

import { Button } from "@mantine/core";
import { IconDeviceFloppy, IconFolderOpen } from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Mapping } from "../api/transfers";
import { say, sayProblem } from "../ui/toast";
import { emptyMapping } from "./mapping";

interface Props {
  name: string;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

export function KeepMapping({ name, mapping, onChange }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const load = async (file: File | undefined) => {
    if (!file) return;
    try {
      const read = JSON.parse(await file.text()) as Partial<Mapping>;
      if (typeof read.object !== "string" || typeof read.columns !== "object") throw new Error();
      onChange({ ...emptyMapping(read.object), ...read });
      say(t("import.mapping_loaded", { name: file.name }));
    } catch {
      sayProblem({ detail: t("import.mapping_bad") });
    }
  };
  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(
      new Blob([JSON.stringify(mapping, null, 2)], { type: "application/json" }),
    );
    link.download = `${name.replace(/\.\w+$/, "")}.mapping.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFolderOpen size={14} />}
        onClick={() => input.current?.click()}
      >
        {t("import.mapping_load")}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        className="gx-hidden"
        tabIndex={-1}
        aria-label={t("import.mapping_load")}
        onChange={(event) => {
          void load(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
      <Button variant="default" leftSection={<IconDeviceFloppy size={14} />} onClick={save}>
        {t("import.mapping_save")}
      </Button>
    </>
  );
}
