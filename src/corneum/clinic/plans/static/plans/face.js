// The head with its zones in the colors of the table beside it. Without WebGL the table alone is there.
import { head } from "./head.js";

const VERTEX = `attribute vec3 place; attribute vec3 normal; attribute vec3 color; uniform mat4 turn; uniform float wide;
varying vec3 n; varying vec3 c;
void main() { vec4 p = turn * vec4(place + vec3(0.0, 0.28, 0.0), 1.0); n = (turn * vec4(normal, 0.0)).xyz; c = color;
  float far = 1.0 / (5.2 - p.z); gl_Position = vec4(p.x * far * 3.6 / wide, p.y * far * 3.6, -p.z * 0.2, 1.0); }`;
const FRAGMENT = `precision mediump float; varying vec3 n; varying vec3 c;
void main() { vec3 m = normalize(n);
  float key = max(dot(m, normalize(vec3(0.35, 0.45, 0.85))), 0.0); float fill = max(dot(m, normalize(vec3(-0.7, 0.1, 0.5))), 0.0);
  gl_FragColor = vec4(c * min(0.5 + 0.46 * key + 0.14 * fill, 1.06), 1.0); }`;
const BARE = { light: "#e3d8cc", dark: "#6f6963" };
const OWN = { eye: { light: "#f5f3ef", dark: "#c9c6c1" }, lips: { light: "#c9a49c", dark: "#8a6660" } };

function rgb(color) {
  return [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255);
}

function program(gl) {
  const made = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  return gl.getProgramParameter(made, gl.LINK_STATUS) ? made : null;
}

function buffered(gl, made, name, values) {
  const buffer = gl.createBuffer();
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
  const at = gl.getAttribLocation(made, name);
  gl.enableVertexAttribArray(at);
  gl.vertexAttribPointer(at, 3, gl.FLOAT, false, 0, 0);
  return buffer;
}

function turned(yaw, pitch) {
  const [a, b, c, d] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  return new Float32Array([a, b * d, -b * c, 0, 0, c, d, 0, b, -a * d, a * c, 0, 0, 0, 0, 1]);
}

function start(box) {
  const canvas = box.querySelector("canvas");
  const gl = canvas.getContext("webgl", { antialias: true, alpha: true });
  const made = gl && program(gl);
  if (!made) return;
  const stage = box.querySelector(".face-stage");
  stage.hidden = false;
  canvas.setAttribute("aria-label", box.dataset.label);
  const mesh = head();
  const rows = new Map([...box.querySelectorAll("[data-zone]")].map((row) => [row.dataset.zone, row]));
  const dark = matchMedia("(prefers-color-scheme: dark)");
  gl.useProgram(made);
  gl.enable(gl.DEPTH_TEST);
  buffered(gl, made, "place", mesh.positions);
  buffered(gl, made, "normal", mesh.normals);
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, mesh.triangles, gl.STATIC_DRAW);
  const colors = buffered(gl, made, "color", new Float32Array(mesh.positions.length));
  const [turn, wide] = ["turn", "wide"].map((name) => gl.getUniformLocation(made, name));
  let [yaw, pitch, end, asked] = [-0.5, 0.08, "middle", false];

  const paint = () => {
    const tone = dark.matches ? "dark" : "light";
    const values = new Float32Array(mesh.positions.length);
    const known = new Map();
    const colorOf = (zone) => {
      if (!known.has(zone)) known.set(zone, rgb(rows.get(zone)?.dataset[end] ?? OWN[zone]?.[tone] ?? BARE[tone]));
      return known.get(zone);
    };
    mesh.zones.forEach((zones, at) => {
      for (const zone of zones) colorOf(zone).forEach((value, part) => { values[3 * at + part] += value / zones.length; });
    });
    gl.bindBuffer(gl.ARRAY_BUFFER, colors);
    gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
    for (const row of rows.values()) row.querySelector("[data-swatch]").setAttribute("fill", row.dataset[end]);
    draw();
  };
  const draw = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      const scale = Math.min(devicePixelRatio || 1, 2);
      const [width, height] = [canvas.clientWidth * scale, canvas.clientHeight * scale].map(Math.round);
      if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
      gl.viewport(0, 0, width, height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
      gl.uniformMatrix4fv(turn, false, turned(yaw, pitch));
      gl.uniform1f(wide, width / height);
      gl.drawElements(gl.TRIANGLES, mesh.triangles.length, gl.UNSIGNED_SHORT, 0);
    });
  };
  const turnBy = (across, up) => {
    yaw += across;
    pitch = Math.max(-0.9, Math.min(0.9, pitch + up));
    draw();
  };

  let held = null;
  canvas.addEventListener("pointerdown", (event) => { held = [event.clientX, event.clientY]; canvas.setPointerCapture(event.pointerId); });
  canvas.addEventListener("pointermove", (event) => {
    if (!held) return;
    turnBy((event.clientX - held[0]) * 0.01, (event.clientY - held[1]) * 0.01);
    held = [event.clientX, event.clientY];
  });
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => { held = null; });
  canvas.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: [-0.15, 0], ArrowRight: [0.15, 0], ArrowUp: [0, -0.12], ArrowDown: [0, 0.12] }[event.key];
    if (by) turnBy(...by);
    else if (event.key === "Home") { [yaw, pitch] = [-0.5, 0.08]; draw(); }
    else return;
    event.preventDefault();
  });
  for (const button of box.querySelectorAll("[data-turn]")) {
    button.addEventListener("click", () => turnBy(Number(button.dataset.turn), 0));
  }
  for (const button of box.querySelectorAll("[data-end]")) {
    button.addEventListener("click", () => {
      end = button.dataset.end;
      for (const one of box.querySelectorAll("[data-end]")) one.setAttribute("aria-pressed", String(one === button));
      paint();
    });
  }
  canvas.addEventListener("webglcontextlost", () => { stage.hidden = true; });
  dark.addEventListener("change", paint);
  new ResizeObserver(draw).observe(canvas);
  paint();
}

for (const box of document.querySelectorAll("[data-face]")) start(box);
