//! The bar at the top: search, quick create, language, theme, and the person signed in.

import { ActionIcon, Menu, Tooltip, useMantineColorScheme } from "@mantine/core";
import {
  IconHelp,
  IconLanguage,
  IconLogout,
  IconMenu2,
  IconMoon,
  IconPlus,
  IconSearch,
  IconSun,
  IconUpload,
  IconUserCircle,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { may, useSchema } from "../api/schema";
import { signOut, useMe } from "../api/session";
import { useCreate } from "../form/create";
import { locales, showLocale } from "../i18n";
import { useLabel } from "../text/label";
import { Avatar } from "../ui/avatar";
import { Icon } from "../ui/icon";
import { sayProblem } from "../ui/toast";
import { forgetRecents } from "./recent";
import styles from "./shell.module.css";

interface Props {
  onMenu?: () => void;
  onPalette: () => void;
  onHelp: () => void;
}

export function Topbar({ onMenu, onPalette, onHelp }: Props) {
  const { t } = useTranslation();
  const { workspace } = useMe();
  const mac = navigator.platform.startsWith("Mac");
  return (
    <header className={styles.top}>
      {onMenu && (
        <ActionIcon aria-label={t("shell.menu")} onClick={onMenu}>
          <IconMenu2 size={18} />
        </ActionIcon>
      )}
      <Link to="/" className={styles.brand}>
        <img src="/favicon.svg" alt="" width={22} height={22} />
        <span className="gx-ellipsis">{workspace.name}</span>
      </Link>
      <button
        type="button"
        className={styles.searchBox}
        onClick={onPalette}
        aria-keyshortcuts="Control+K Meta+K"
      >
        <IconSearch size={14} aria-hidden="true" />
        <span>{t("shell.search")}</span>
        <kbd>{mac ? "⌘K" : "Ctrl K"}</kbd>
      </button>
      <span className={styles.grow} />
      <QuickCreate />
      <ThemeAndLanguage />
      <Tooltip label={t("shell.help")}>
        <ActionIcon className={styles.wide} aria-label={t("shell.help")} onClick={onHelp}>
          <IconHelp size={17} />
        </ActionIcon>
      </Tooltip>
      <Person />
    </header>
  );
}

function QuickCreate() {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const create = useCreate();
  const offered = schema.objects.filter(
    (object) => !object.hidden && object.searchable && may(object, "create"),
  );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="light" color="jade" aria-label={t("shell.create")}>
          <IconPlus size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={460} style={{ overflowY: "auto" }}>
        {offered.map((object) => (
          <Menu.Item
            key={object.name}
            leftSection={<Icon name={object.icon} />}
            onClick={() => create(object)}
          >
            {label(object.label)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/import" leftSection={<IconUpload size={15} />}>
          {t("import.title")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function ThemeAndLanguage() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const dark =
    colorScheme === "dark" || (colorScheme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t("shell.language")}>
            <IconLanguage size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {locales.map(({ value, label }) => (
            <Menu.Item
              key={value}
              lang={value}
              role="menuitemradio"
              aria-checked={i18n.language === value}
              fw={i18n.language === value ? 600 : 400}
              onClick={() => void showLocale(value)}
            >
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Tooltip label={t(dark ? "shell.light" : "shell.dark")}>
        <ActionIcon
          aria-label={t(dark ? "shell.light" : "shell.dark")}
          onClick={() => setColorScheme(dark ? "light" : "dark")}
        >
          {dark ? <IconSun size={17} /> : <IconMoon size={17} />}
        </ActionIcon>
      </Tooltip>
    </>
  );
}

function Person() {
  const { t } = useTranslation();
  const { user } = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = () =>
    signOut(client).then(() => {
      forgetRecents();
      navigate("/sign-in");
    }, sayProblem);
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon radius="xl" aria-label={t("shell.person", { name: user.name })}>
          <Avatar name={user.name} size={26} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.person}>
          <strong>{user.name}</strong>
          <span className="gx-muted gx-ellipsis">{user.email}</span>
        </div>
        <Menu.Divider />
        <Menu.Item component={Link} to="/profile" leftSection={<IconUserCircle size={15} />}>
          {t("profile.title")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={leave}>
          {t("session.sign_out")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
