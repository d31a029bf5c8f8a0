//! On a phone: the places one goes to most, under the thumb.

import { IconChecklist, IconHome, IconMenu2, IconPlus, IconSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { may, objectNamed, useSchema } from "../api/schema";
import { myWork } from "../objects";
import { useLabel } from "../text/label";
import styles from "./shell.module.css";

interface Props {
  onMenu: () => void;
  onCreate: () => void;
}

export function BottomBar({ onMenu, onCreate }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const work = objectNamed(useSchema(), myWork);
  return (
    <nav className={styles.bottom} aria-label={t("shell.bottom")}>
      <NavLink to="/" end>
        <IconHome size={20} stroke={1.6} />
        {t("home.title")}
      </NavLink>
      <NavLink to="/search">
        <IconSearch size={20} stroke={1.6} />
        {t("search.title")}
      </NavLink>
      <button type="button" onClick={onCreate}>
        <IconPlus size={20} stroke={1.6} />
        {t("shell.create")}
      </button>
      {work && may(work, "read") && (
        <NavLink to={`/${work.plural}`}>
          <IconChecklist size={20} stroke={1.6} />
          {label(work.plural_label)}
        </NavLink>
      )}
      <button type="button" onClick={onMenu}>
        <IconMenu2 size={20} stroke={1.6} />
        {t("shell.menu")}
      </button>
    </nav>
  );
}
