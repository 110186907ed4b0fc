// The device's camera: opened, listed, locked as far as the browser offers it, and asked for a photograph.
const MODES = ["exposureMode", "focusMode", "whiteBalanceMode"];
const PATIENCE = 5000;

export function whyNot() {
  if (!window.isSecureContext) return "insecure";
  return navigator.mediaDevices?.getUserMedia ? "" : "unknown";
}

export class Device {
  static async open(id) {
    const wanted = { width: { ideal: 4096 }, height: { ideal: 3072 }, aspectRatio: { ideal: 4 / 3 } };
    const which = id ? { deviceId: { exact: id } } : { facingMode: { ideal: "environment" } };
    return new Device(await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...wanted, ...which } }));
  }
  constructor(stream) {
    this.stream = stream;
    this.track = stream.getVideoTracks()[0];
  }
  get id() { return this.track.getSettings().deviceId ?? ""; }
  close() { for (const track of this.stream.getTracks()) track.stop(); }

  static async list() {
    return (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === "videoinput");
  }

  // Which of exposure, focus and white balance the browser lets a page hold.
  offered() {
    const can = this.track.getCapabilities?.() ?? {};
    return MODES.filter((mode) => can[mode]?.includes("manual"));
  }
  get missing() { return MODES.filter((mode) => !this.offered().includes(mode)); }
  async lock(on) {
    const done = [];
    for (const mode of this.offered()) {
      try {
        await this.track.applyConstraints({ advanced: [{ [mode]: on ? "manual" : "continuous" }] });
        done.push(mode);
      } catch { /* offered, and refused all the same */ }
    }
    return done;
  }

  // A photograph by the camera itself where that is offered: more pixels than its film. Else one picture of the film.
  async photograph(video) {
    if ("ImageCapture" in window) {
      try {
        const late = new Promise((_, failed) => setTimeout(failed, PATIENCE));
        const blob = await Promise.race([new ImageCapture(this.track).takePhoto(), late]);
        const seen = await createImageBitmap(blob);
        const enough = seen.width * seen.height >= video.videoWidth * video.videoHeight;
        seen.close();
        if (enough) return blob;
      } catch { /* some cameras promise photographs and give none */ }
    }
    return drawn(video, Math.max(video.videoWidth, video.videoHeight), 0.95);
  }
}

export function drawn(video, side, quality) {
  const scale = Math.min(1, side / Math.max(video.videoWidth, video.videoHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
}
