// SPDX-License-Identifier: MIT
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A component whose code comes when it is first shown. */
export function lazyComponent<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let Loaded: ComponentType<P> | undefined;
  return function Lazy(props: P) {
    const [, redraw] = useState(0);
    useEffect(() => {
      if (!Loaded) {
        void load().then((component) => {
          Loaded = component;
          redraw(1);
        });
      }
    }, []);
    return Loaded ? <Loaded {...props} /> : null;
  };
}
