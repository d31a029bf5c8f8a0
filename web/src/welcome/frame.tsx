//! The page around signing in and setting up: one calm card, with language and theme.

import "../theme/forms.css";
import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { ThemeAndLanguage } from "../shell/topbar";
import styles from "./welcome.module.css";

export function Welcome({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={styles.page}>
      <div className={styles.corner}>
        <ThemeAndLanguage />
      </div>
      <div className={styles.card}>
        <div className={styles.brand}>
          <img src="/favicon.svg" alt="" width={32} height={32} />
          <span>
            Guanxi <span lang="zh-CN">关系</span>
          </span>
        </div>
        <Title order={1} size="h1">
          {title}
        </Title>
        {children}
      </div>
    </main>
  );
}
