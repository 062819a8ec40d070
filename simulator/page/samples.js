/** Things to send without having a file at hand: a drawn picture and a short sound. */

import { clockDate, clockTime, standInNow } from "./time.js";

const WIDTH = 960;
const HEIGHT = 720;
const SOUND_HZ = 8000;
const SOUND_S = 2;
const WAV_HEAD_BYTES = 44;

/** A picture of a lorry on a wet road with the stand-in's time on it, as a JPEG Blob. */
export function samplePhoto(caption) {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext("2d");
  sky(pen);
  road(pen);
  lorry(pen);
  rain(pen);
  stampOn(pen, caption);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
}

function sky(pen) {
  const fade = pen.createLinearGradient(0, 0, 0, 430);
  fade.addColorStop(0, "#4a5a6b");
  fade.addColorStop(1, "#9fb0bb");
  pen.fillStyle = fade;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = "#6e7f87";
  for (let i = 0; i < 12; i += 1) pen.fillRect(i * 84 - 10, 300 - ((i * 53) % 110), 62, 160);
  pen.fillStyle = "#5d7364";
  pen.fillRect(0, 420, WIDTH, 60);
}

function road(pen) {
  pen.fillStyle = "#3d444b";
  pen.fillRect(0, 470, WIDTH, 250);
  pen.fillStyle = "#596169";
  pen.fillRect(0, 470, WIDTH, 10);
  pen.fillStyle = "#d9d4b8";
  for (let x = 20; x < WIDTH; x += 160) pen.fillRect(x, 636, 90, 12);
}

function lorry(pen) {
  pen.fillStyle = "rgba(15,20,25,.35)";
  pen.fillRect(230, 582, 520, 16);
  pen.fillStyle = "#e9edf0";
  pen.fillRect(240, 320, 340, 220);
  pen.fillStyle = "#1d6fb8";
  pen.fillRect(240, 400, 340, 46);
  pen.fillStyle = "#2b7fc9";
  pen.beginPath();
  pen.moveTo(588, 540);
  pen.lineTo(588, 378);
  pen.lineTo(676, 378);
  pen.lineTo(740, 462);
  pen.lineTo(740, 540);
  pen.fill();
  pen.fillStyle = "#cfe3ee";
  pen.beginPath();
  pen.moveTo(610, 400);
  pen.lineTo(668, 400);
  pen.lineTo(712, 462);
  pen.lineTo(610, 462);
  pen.fill();
  for (const x of [320, 400, 672]) wheel(pen, x);
  pen.fillStyle = "#ff9d2e";
  for (const x of [244, 724]) pen.fillRect(x, 500, 16, 16);
  pen.fillStyle = "#e0422f";
  pen.beginPath();
  pen.moveTo(130, 600);
  pen.lineTo(164, 540);
  pen.lineTo(198, 600);
  pen.fill();
}

function wheel(pen, x) {
  pen.fillStyle = "#20252a";
  pen.beginPath();
  pen.arc(x, 548, 42, 0, Math.PI * 2);
  pen.fill();
  pen.fillStyle = "#8b949c";
  pen.beginPath();
  pen.arc(x, 548, 17, 0, Math.PI * 2);
  pen.fill();
}

function rain(pen) {
  pen.strokeStyle = "rgba(225,236,244,.38)";
  pen.lineWidth = 2;
  for (let i = 0; i < 150; i += 1) {
    const x = (i * 137) % WIDTH;
    const y = (i * 251) % HEIGHT;
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x - 9, y + 32);
    pen.stroke();
  }
}

function stampOn(pen, caption) {
  const now = standInNow();
  pen.fillStyle = "rgba(0,0,0,.55)";
  pen.fillRect(0, HEIGHT - 58, WIDTH, 58);
  pen.fillStyle = "#fff";
  pen.font = "26px 'PingFang SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif";
  pen.fillText(`${clockDate(now)} ${clockTime(now)}  ·  ${caption}`, 24, HEIGHT - 21);
}

/** Two seconds of two soft tones as a WAV Blob. */
export function sampleVoice() {
  const count = SOUND_HZ * SOUND_S;
  const view = new DataView(new ArrayBuffer(WAV_HEAD_BYTES + count));
  const word = (at, letters) =>
    [...letters].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  word(0, "RIFF");
  view.setUint32(4, WAV_HEAD_BYTES - 8 + count, true);
  word(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, SOUND_HZ, true);
  view.setUint32(28, SOUND_HZ, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  word(36, "data");
  view.setUint32(40, count, true);
  for (let i = 0; i < count; i += 1) {
    const hertz = i < count / 2 ? 330 : 247;
    const loud = 40 * Math.sin((Math.PI * (i % (count / 2))) / (count / 2));
    view.setUint8(WAV_HEAD_BYTES + i, 128 + loud * Math.sin((2 * Math.PI * hertz * i) / SOUND_HZ));
  }
  return { blob: new Blob([view.buffer], { type: "audio/wav" }), duration: SOUND_S };
}

/** A Blob's bytes as base64, as the stand-in takes them. */
export function base64(blob) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });
}
