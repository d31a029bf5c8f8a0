//! "New …" from anywhere: any screen asks, one dialog answers. The dialog is loaded when first asked for.

import { createContext, lazy, type ReactNode, Suspense, use, useState } from "react";
import type { CrmRecord, ObjectSchema, Value } from "../api/types";

type Values = Record<string, Value>;
type Create = (object: ObjectSchema, initial?: Values, then?: (made: CrmRecord) => void) => void;

const CreateDialog = lazy(() => import("./create_dialog"));
const CreateContext = createContext<Create>(() => {});

export function useCreate(): Create {
  return use(CreateContext);
}

interface Asked {
  object: ObjectSchema;
  initial: Values;
  then?: (made: CrmRecord) => void;
}

export function CreateProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<Asked>();
  return (
    <CreateContext value={(object, initial = {}, then) => setAsked({ object, initial, then })}>
      {children}
      {asked && (
        <Suspense fallback={null}>
          <CreateDialog {...asked} onClose={() => setAsked(undefined)} />
        </Suspense>
      )}
    </CreateContext>
  );
}
