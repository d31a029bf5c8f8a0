//! The bar at the top: search, quick create, language, theme, and the person signed in.

import { ActionIcon, useMantineColorScheme } from "@mantine/core";
import {
  IconHelp,
  IconLanguage,
  IconLogout,
  IconMenu2,
  IconMoon,
  IconPlus,
  IconSearch,
  IconSettings,
  IconSun,
  IconUserCircle,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { signOut, useMe } from "../api/session";
import { locales, showLocale } from "../i18n";
import { Bell } from "../notifications/bell";
import { forgetWords } from "../search/words";
import { Avatar } from "../ui/avatar";
import { MenuButton } from "../ui/menu";
import { sayProblem } from "../ui/toast";
import { forgetRecents } from "./recent";
import styles from "./shell.module.css";

interface Props {
  onMenu?: () => void;
  onPalette: () => void;
  onHelp: () => void;
  onCreate: () => void;
}

export function Topbar({ onMenu, onPalette, onHelp, onCreate }: Props) {
  const { t } = useTranslation();
  const { workspace } = useMe();
  const mac = navigator.platform.startsWith("Mac");
  return (
    <header className={styles.top}>
      {onMenu && (
        <ActionIcon className={styles.fold} aria-label={t("shell.menu")} onClick={onMenu}>
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
      <ActionIcon
        className={styles.wide}
        variant="light"
        color="jade"
        aria-label={t("shell.create")}
        title={t("shell.create")}
        aria-keyshortcuts="c"
        onClick={onCreate}
      >
        <IconPlus size={17} />
      </ActionIcon>
      <Bell />
      <ThemeAndLanguage />
      <ActionIcon
        className={styles.wide}
        aria-label={t("shell.help")}
        title={t("shell.help")}
        onClick={onHelp}
      >
        <IconHelp size={17} />
      </ActionIcon>
      <Person />
    </header>
  );
}

export function ThemeAndLanguage() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const dark =
    colorScheme === "dark" || (colorScheme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  const words = t(dark ? "shell.light" : "shell.dark");
  return (
    <>
      <MenuButton
        label={t("shell.language")}
        icon={<IconLanguage size={17} />}
        align="end"
        parts={locales.map(({ value, label }) => ({
          key: value,
          text: label,
          lang: value,
          radio: true,
          checked: i18n.language === value,
          act: () => void showLocale(value),
        }))}
      />
      <ActionIcon aria-label={words} title={words} onClick={() => setColorScheme(dark ? "light" : "dark")}>
        {dark ? <IconSun size={17} /> : <IconMoon size={17} />}
      </ActionIcon>
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
      forgetWords();
      navigate("/sign-in");
    }, sayProblem);
  return (
    <MenuButton
      label={t("shell.person", { name: user.name })}
      icon={<Avatar name={user.name} size={26} />}
      align="end"
      width={220}
      before={
        <div className={styles.person}>
          <strong>{user.name}</strong>
          <span className="gx-muted gx-ellipsis">{user.email}</span>
        </div>
      }
      parts={[
        { key: "line", divider: true },
        {
          key: "profile",
          text: t("profile.title"),
          icon: <IconUserCircle size={15} />,
          to: "/settings/profile",
        },
        {
          key: "settings",
          text: t("shell.settings"),
          icon: <IconSettings size={15} />,
          to: user.administrator ? "/settings/company" : "/settings/security",
        },
        { key: "leave", text: t("session.sign_out"), icon: <IconLogout size={15} />, act: leave },
      ]}
    />
  );
}
