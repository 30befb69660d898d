import { type RefObject, useEffect, useState } from "react";
import { openDetector } from "./detector.ts";
import { readCode } from "./read-code.ts";

export type CameraState = "opening" | "looking" | "refused" | "missing" | "broken";

/** Between two looks at the picture: quick enough for a hand, and the tablet stays cool. */
const LOOK_MS = 120;
/** The same code held in front of the camera counts once. */
const SAME_CODE_MS = 2_000;

/** Shows the camera that looks away from the person in `video` and tells every code it sees, until it unmounts. */
export function useCamera(video: RefObject<HTMLVideoElement | null>, onCode: (code: string) => void): CameraState {
  const [state, setState] = useState<CameraState>("opening");
  useEffect(() => {
    const ended = new AbortController();
    let stream: MediaStream | null = null;
    const close = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    const watch = async () => {
      const [detector, opened] = await Promise.all([openDetector(), openCamera()]);
      stream = opened;
      const screen = video.current;
      if (ended.signal.aborted || !screen) return close();
      screen.srcObject = stream;
      await screen.play();
      setState("looking");
      let last = { code: "", at: Number.NEGATIVE_INFINITY };
      while (!ended.signal.aborted) {
        const [found] = screen.readyState >= screen.HAVE_CURRENT_DATA ? await detector.detect(screen) : [];
        const now = performance.now();
        if (found && !ended.signal.aborted) {
          const code = readCode(found.rawValue);
          if (code !== last.code || now - last.at > SAME_CODE_MS) onCode(code);
          last = { code, at: now };
        }
        await new Promise((done) => setTimeout(done, LOOK_MS));
      }
    };
    watch().catch((error: unknown) => {
      close();
      if (!ended.signal.aborted) setState(stateOf(error));
    });
    return () => {
      ended.abort();
      close();
    };
  }, [video, onCode]);
  return state;
}

async function openCamera(): Promise<MediaStream> {
  // Without https (or localhost) a browser has no cameras at all.
  if (!navigator.mediaDevices) throw new DOMException("no camera without https", "NotFoundError");
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
  });
}

function stateOf(error: unknown): CameraState {
  if (!(error instanceof DOMException)) return "broken";
  if (error.name === "NotAllowedError") return "refused";
  return error.name === "NotFoundError" ? "missing" : "broken";
}
