//! The one cache of server data. Refused calls are not repeated; lost ones are.

import { QueryClient } from "@tanstack/react-query";
import { Problem } from "./api/client";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (count, error) =>
        count < 2 && !(error instanceof Problem && error.status > 0 && error.status < 500),
      refetchOnWindowFocus: false,
    },
  },
});
