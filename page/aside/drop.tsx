import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { TEXT } from '../text.ts';

/** Takes files that are dropped anywhere on what it holds. */
export function Drop({
  class: named,
  onFiles,
  children,
}: {
  class: string;
  onFiles: (files: FileList) => void;
  children: ComponentChildren;
}) {
  const [isOver, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: whoever drops nothing has the button of the session pane
    <div
      class={named}
      onDragOver={(event) => {
        if (event.dataTransfer?.types.includes('Files') !== true) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        const files = event.dataTransfer?.files;
        if (files === undefined || files.length === 0) return;
        event.preventDefault();
        onFiles(files);
      }}
    >
      {children}
      {isOver ? <div class="drop">{TEXT.drop}</div> : null}
    </div>
  );
}
