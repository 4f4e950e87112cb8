// Three short tones for a new task, where the browser allows sound: it does once the page was touched.

let audio: AudioContext | null = null;

addEventListener("pointerdown", () => {
  audio ??= new AudioContext();
  void audio.resume();
}, { once: true });

export function beep(): void {
  if (!audio) return;
  for (const [index, pitch] of [880, 660, 880].entries()) {
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    const at = audio.currentTime + index * 0.25;
    tone.frequency.value = pitch;
    gain.gain.value = 0.4;
    tone.connect(gain).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.18);
  }
}
