//! The record's declared commands as buttons; one with inputs asks for them first.

import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { changed, runCommand } from "../api/records";
import { objectNamed, useSchema } from "../api/schema";
import type { Command, CrmRecord, ObjectSchema, Schema } from "../api/types";
import { FieldInput } from "../fields/input";
import { defaults, toCreate, useMyself, type Values } from "../form/draft";
import { fieldProblems, Problems } from "../form/problems";
import { useLabel } from "../text/label";
import { Dialog } from "../ui/dialog";
import { say, sayLinks, sayProblem } from "../ui/toast";
import styles from "./record.module.css";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
}

const color = { positive: "jade", negative: "red", neutral: "gray" } as const;
/** Commands shown as buttons; more are in a menu. */
const shownMax = 3;

export function Commands({ object, record }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const [asked, setAsked] = useState<Command>();
  const run = useCommand(object, record);
  const open = object.commands.filter(({ name }) => record._can?.includes(name));
  const start = (command: Command) => {
    if (command.inputs?.length) setAsked(command);
    else run.mutate({ command, inputs: {} }, { onError: sayProblem });
  };
  return (
    <>
      {open.slice(0, shownMax).map((command) => (
        <Button
          key={command.name}
          variant={
            command.tone === "positive" ? "filled" : command.tone === "negative" ? "outline" : "default"
          }
          color={color[command.tone ?? "neutral"]}
          loading={run.isPending && run.variables?.command === command}
          onClick={() => start(command)}
        >
          {label(command.label)}
        </Button>
      ))}
      {open.length > shownMax && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={13} />}>
              {t("record.more_actions")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {open.slice(shownMax).map((command) => (
              <Menu.Item key={command.name} onClick={() => start(command)}>
                {label(command.label)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {asked && <CommandDialog command={asked} run={run} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function useCommand(object: ObjectSchema, record: CrmRecord) {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ command, inputs }: { command: Command; inputs: Values }) =>
      runCommand(object, record.id, record.version, command.name, inputs),
    onSuccess: ({ made }, { command }) => {
      void changed(client, object.name, ...made.map((one) => one.object));
      if (made.length === 0) say(t("record.command_done", { command: label(command.label) }));
      else
        sayLinks(
          t("record.made"),
          made.map((one) => <Made key={one.id} schema={schema} made={one} />),
        );
    },
  });
}

function Made({ schema, made }: { schema: Schema; made: { object: string; id: string; title: string } }) {
  const object = objectNamed(schema, made.object);
  return <Link to={`/${object?.plural}/${made.id}`}>{made.title}</Link>;
}

interface DialogProps {
  command: Command;
  run: ReturnType<typeof useCommand>;
  onClose: () => void;
}

function CommandDialog({ command, run, onClose }: DialogProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const inputs = command.inputs ?? [];
  const myself = useMyself();
  const [values, setValues] = useState<Values>(() => defaults(inputs, myself));
  const problems = fieldProblems(run.error);
  return (
    <Dialog opened onClose={onClose} title={label(command.label)}>
      <form
        noValidate
        className={styles.stack}
        onSubmit={(event) => {
          event.preventDefault();
          run.mutate({ command, inputs: toCreate(inputs, values) }, { onSuccess: onClose });
        }}
      >
        <Problems error={problems.length === 0 ? run.error : null} />
        {inputs.map((field, index) => (
          <FieldInput
            key={field.name}
            field={field}
            value={values[field.name]}
            onChange={(value) => setValues({ ...values, [field.name]: value })}
            error={problems.find((problem) => problem.field === field.name)?.message}
            autoFocus={index === 0}
          />
        ))}
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {t("form.cancel")}
          </Button>
          <Button
            type="submit"
            color={color[command.tone ?? "neutral"] === "red" ? "red" : undefined}
            loading={run.isPending}
          >
            {label(command.label)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
