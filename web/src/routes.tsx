//! All addresses of the UI on one screen. Every page is a chunk of its own.

import { Notifications } from "@mantine/notifications";
import { lazy, Suspense } from "react";
import { createBrowserRouter, Outlet, useRouteError } from "react-router";
import { prefix } from "./api/client";
import { Guard, Home } from "./shell/guard";
import { NotFound } from "./shell/not_found";
import { Failed, Loading } from "./ui/state";

const Shell = lazy(() => import("./shell/shell"));
const ListPage = lazy(() => import("./list/page"));
const RecordPage = lazy(() => import("./record/page"));
const SearchPage = lazy(() => import("./search/page"));
const ImportPage = lazy(() => import("./import/page"));
const ProfilePage = lazy(() => import("./profile/page"));
const SignInPage = lazy(() => import("./welcome/sign_in"));
const SetupPage = lazy(() => import("./welcome/setup"));

function Root() {
  return (
    <>
      <Notifications position="bottom-right" limit={4} />
      <Suspense fallback={<Loading />}>
        <Outlet />
      </Suspense>
    </>
  );
}

function Crash() {
  return <Failed error={useRouteError()} retry={() => window.location.reload()} />;
}

export const router = createBrowserRouter(
  [
    {
      element: <Root />,
      errorElement: <Crash />,
      children: [
        { path: "/sign-in", element: <SignInPage /> },
        { path: "/setup", element: <SetupPage /> },
        {
          element: (
            <Guard>
              <Shell />
            </Guard>
          ),
          children: [
            {
              errorElement: <Crash />,
              children: [
                { path: "/", element: <Home /> },
                { path: "/search", element: <SearchPage /> },
                { path: "/import", element: <ImportPage /> },
                { path: "/import/:id", element: <ImportPage /> },
                { path: "/profile", element: <ProfilePage /> },
                { path: "/:plural", element: <ListPage /> },
                { path: "/:plural/:id", element: <RecordPage /> },
                { path: "*", element: <NotFound /> },
              ],
            },
          ],
        },
      ],
    },
  ],
  { basename: prefix || "/" },
);
