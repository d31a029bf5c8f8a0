//! The frame around every signed-in page: sidebar, top bar, palette, keys, live updates.

import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation, useNavigate } from "react-router";
import { useLiveUpdates } from "../api/events";
import { may, useSchema } from "../api/schema";
import { CreateProvider, useCreate } from "../form/create";
import { useLabel } from "../text/label";
import { Icon } from "../ui/icon";
import { useKeys } from "../ui/keys";
import { Loading } from "../ui/state";
import { lastUndo, takeBack } from "../ui/undo";
import { BottomBar } from "./bottom_bar";
import { Leader, type LeaderEntry } from "./leader";
import { lettersOf } from "./letters";
import { fetchListCode } from "./prefetch";
import { SeeingAs } from "./seeing_as";
import styles from "./shell.module.css";
import { Sidebar } from "./sidebar";
import { Topbar } from "./topbar";

const Palette = lazy(() => import("../palette/palette"));
const NarrowMenu = lazy(() => import("./narrow_menu"));
const KeyHelp = lazy(() => import("./key_help"));

export default function Shell() {
  return (
    <CreateProvider>
      <Frame />
    </CreateProvider>
  );
}

const foldKey = "guanxi.sidebar";

function readFolded(): boolean {
  try {
    return localStorage.getItem(foldKey) === "folded";
  } catch {
    return false;
  }
}

function Frame() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const narrow = useMediaQuery("(max-width: 860px)", false, { getInitialValueInEffect: false });
  const [menu, { open: openMenu, close: closeMenu }] = useDisclosure(false);
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const [leader, setLeader] = useState<"go" | "create">();
  const [folded, setFolded] = useState(readFolded);
  const fold = () => {
    try {
      localStorage.setItem(foldKey, folded ? "open" : "folded");
    } catch {
      // Storage may be refused; folding then lasts as long as the page.
    }
    setFolded(!folded);
  };
  useLiveUpdates();
  useEffect(fetchListCode, []);
  const keys = {
    "mod+k": () => setPalette(true),
    "mod+z": () => {
      const undo = lastUndo();
      if (undo) void takeBack(undo);
    },
    "/": () => navigate("/search"),
    "?": () => setHelp(true),
    g: () => setLeader("go"),
    c: () => setLeader("create"),
    "[": fold,
  };
  useKeys(keys, true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: going somewhere closes the menu.
  useEffect(closeMenu, [pathname]);
  return (
    <div className={styles.frame} data-folded={folded || undefined}>
      <a className={styles.skip} href="#main">
        {t("shell.skip")}
      </a>
      <Topbar
        onMenu={narrow ? openMenu : fold}
        onPalette={() => setPalette(true)}
        onHelp={() => setHelp(true)}
        onCreate={() => setLeader("create")}
      />
      {!narrow && !folded && (
        <aside className={styles.side}>
          <Sidebar />
        </aside>
      )}
      <main id="main" className={styles.main} tabIndex={-1}>
        <SeeingAs />
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      {narrow && <BottomBar onMenu={openMenu} onCreate={() => setLeader("create")} />}
      {leader && <Letters what={leader} onClose={() => setLeader(undefined)} />}
      <Suspense fallback={null}>
        {narrow && menu && <NarrowMenu onClose={closeMenu} />}
        {palette && <Palette onClose={() => setPalette(false)} onHelp={() => setHelp(true)} />}
        {help && <KeyHelp onClose={() => setHelp(false)} />}
      </Suspense>
    </div>
  );
}

/** Where the letters lead: to the lists there are, or to a new record of those one may make. */
function Letters({ what, onClose }: { what: "go" | "create"; onClose: () => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const navigate = useNavigate();
  const create = useCreate();
  const { objects } = useSchema();
  const shown = objects.filter(
    (object) =>
      !object.hidden && (what === "go" ? may(object, "read") : object.searchable && may(object, "create")),
  );
  const entries = [...lettersOf(shown)].map(
    ([letter, object]): LeaderEntry => ({
      letter,
      icon: <Icon name={object.icon} />,
      text: label(what === "go" ? object.plural_label : object.label),
      act: () => (what === "go" ? void navigate(`/${object.plural}`) : create(object)),
    }),
  );
  const places: LeaderEntry[] = [
    { letter: "h", icon: <Icon name="list" />, text: t("home.title"), act: () => void navigate("/") },
    { letter: "b", icon: <Icon name="box" />, text: t("list.bin"), act: () => void navigate("/bin") },
  ];
  return (
    <Leader
      title={t(what === "go" ? "shell.go_to" : "shell.create_what")}
      entries={what === "go" ? [...places, ...entries] : entries}
      onClose={onClose}
    />
  );
}
