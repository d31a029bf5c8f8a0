//! A button with a panel beside it that holds whatever is given.

import { ActionIcon, Button, type ButtonVariant } from "@mantine/core";
import { type ReactNode, Suspense, useRef, useState } from "react";
import { Pop } from "./pop";

interface Props {
  label: string;
  icon?: ReactNode;
  text?: ReactNode;
  variant?: ButtonVariant;
  left?: ReactNode;
  right?: ReactNode;
  align?: "start" | "end";
  width?: number;
  onOpen?: () => void;
  children: (close: () => void) => ReactNode;
}

export function PopButton({
  label,
  icon,
  text,
  variant,
  left,
  right,
  align,
  width,
  onOpen,
  children,
}: Props) {
  const [opened, setOpened] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const toggle = () => {
    if (!opened) onOpen?.();
    setOpened(!opened);
  };
  const shared = {
    ref: anchor,
    "aria-haspopup": "dialog" as const,
    "aria-expanded": opened,
    onClick: toggle,
    variant,
  };
  return (
    <>
      {icon ? (
        <ActionIcon {...shared} aria-label={label} title={label}>
          {icon}
        </ActionIcon>
      ) : (
        <Button {...shared} leftSection={left} rightSection={right}>
          {text ?? label}
        </Button>
      )}
      {opened && (
        <Pop anchor={anchor} label={label} align={align} width={width} onClose={() => setOpened(false)}>
          <Suspense fallback={null}>{children(() => setOpened(false))}</Suspense>
        </Pop>
      )}
    </>
  );
}
