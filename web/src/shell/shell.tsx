//! The frame around every signed-in page: sidebar, top bar, palette, live updates.

import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation, useNavigate } from "react-router";
import { useLiveUpdates } from "../api/events";
import { CreateProvider } from "../form/create";
import { useKeys } from "../ui/keys";
import { Loading } from "../ui/state";
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

function Frame() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const narrow = useMediaQuery("(max-width: 860px)", false, { getInitialValueInEffect: false });
  const [menu, { open: openMenu, close: closeMenu }] = useDisclosure(false);
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  useLiveUpdates();
  useKeys({
    "mod+k": () => setPalette(true),
    "/": () => navigate("/search"),
    "?": () => setHelp(true),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: going somewhere closes the menu.
  useEffect(closeMenu, [pathname]);
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#main">
        {t("shell.skip")}
      </a>
      <Topbar
        onMenu={narrow ? openMenu : undefined}
        onPalette={() => setPalette(true)}
        onHelp={() => setHelp(true)}
      />
      {!narrow && (
        <aside className={styles.side}>
          <Sidebar />
        </aside>
      )}
      <main id="main" className={styles.main} tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <Suspense fallback={null}>
        {narrow && menu && <NarrowMenu onClose={closeMenu} />}
        {palette && <Palette onClose={() => setPalette(false)} />}
        {help && <KeyHelp onClose={() => setHelp(false)} />}
      </Suspense>
    </div>
  );
}
