//! Catches what a part of the page throws while rendering, says so, and offers to load it again.

import { Component, type ReactNode } from "react";
import { Failed } from "./state";

export class Caught extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return <Failed error={this.state.error} retry={() => window.location.reload()} />;
  }
}
