//! All addresses of the UI on one screen. Every page is a chunk of its own.

import { lazy, Suspense } from "react";
import { BrowserRouter, Outlet, Route, Routes, useLocation } from "react-router";
import { prefix } from "./api/client";
import { later } from "./i18n/later";
import { Guard } from "./shell/guard";
import { NotFound } from "./shell/not_found";
import { Caught } from "./ui/caught";
import { Loading } from "./ui/state";
import { Toasts } from "./ui/toasts";

const Shell = lazy(() => import("./shell/shell"));
const HomePage = lazy(() => import("./home/page"));
const ListPage = lazy(() => import("./list/page"));
const RecordPage = later(() => import("./record/page"));
const SearchPage = lazy(() => import("./search/page"));
const BinPage = lazy(() => import("./bin/page"));
const ImportPage = later(() => import("./import/page"));
const SettingsPage = later(() => import("./settings/page"));
const InvitationPage = later(() => import("./welcome/invitation"));
const SignInPage = lazy(() => import("./welcome/sign_in"));
const SetupPage = lazy(() => import("./welcome/setup"));

/** A page that fails takes neither the frame nor the next page with it. */
function Page() {
  const { pathname } = useLocation();
  return (
    <Caught key={pathname}>
      <Outlet />
    </Caught>
  );
}

export function App() {
  return (
    <BrowserRouter basename={prefix || "/"}>
      <Toasts />
      <Caught>
        <Suspense fallback={<Loading />}>
          <Routes>
            <Route path="/sign-in" element={<SignInPage />} />
            <Route path="/setup" element={<SetupPage />} />
            <Route path="/invitation" element={<InvitationPage />} />
            <Route
              element={
                <Guard>
                  <Shell />
                </Guard>
              }
            >
              <Route element={<Page />}>
                <Route path="/" element={<HomePage />} />
                <Route path="/bin" element={<BinPage />} />
                <Route path="/search" element={<SearchPage />} />
                <Route path="/import" element={<ImportPage />} />
                <Route path="/import/:id" element={<ImportPage />} />
                <Route path="/settings" element={<SettingsPage />} />
                <Route path="/settings/:part" element={<SettingsPage />} />
                <Route path="/:plural" element={<ListPage />} />
                <Route path="/:plural/:id" element={<RecordPage />} />
                <Route path="*" element={<NotFound />} />
              </Route>
            </Route>
          </Routes>
        </Suspense>
      </Caught>
    </BrowserRouter>
  );
}
