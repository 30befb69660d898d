import { useEffect, useRef } from "react";

interface MailFrameProps {
  readonly html: string;
  readonly title: string;
  readonly height?: number | string;
  readonly width?: number | string;
}

/**
 * A mail as its reader sees it. No script runs in it; links open in a tab of their own. It keeps our origin because
 * Chrome loads no picture of a local address into a frame without one.
 */
export function MailFrame({ html, title, height = 640, width = "100%" }: MailFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    if (frame.current) frame.current.srcdoc = withBase(html);
  }, [html]);
  return (
    <iframe
      ref={frame}
      title={title}
      className="kilim-frame"
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      style={{ height, width, maxWidth: "100%", margin: "0 auto" }}
    />
  );
}

function withBase(html: string): string {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + base) : base + html;
}
