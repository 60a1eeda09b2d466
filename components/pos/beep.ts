let audio: AudioContext | undefined;

/** A low double beep: the code is unknown. Silent where the browser gives no sound before a press. */
export function beepRefusal(): void {
  try {
    audio ??= new AudioContext();
    tone(audio, 0);
    tone(audio, 0.16);
  } catch {
    // No sound card: what is on the screen says the same.
  }
}

function tone(context: AudioContext, afterSeconds: number): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  const startsAt = context.currentTime + afterSeconds;
  oscillator.type = "square";
  oscillator.frequency.value = 220;
  gain.gain.setValueAtTime(0.12, startsAt);
  gain.gain.exponentialRampToValueAtTime(0.001, startsAt + 0.12);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(startsAt);
  oscillator.stop(startsAt + 0.12);
}
