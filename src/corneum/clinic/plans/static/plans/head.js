// A head made by numbers: an ellipsoid with brow, eyes, nose, mouth and chin, and the zone of every point of it.
// Right is x, up is y, forward is z; the person looks along z. It is nobody's face.
const bump = (x, y, cx, cy, sx, sy) => Math.exp(-(((x - cx) / sx) ** 2) - ((y - cy) / sy) ** 2);
const step = (from, to, value) => {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
};

function relief(x, y) {
  const side = Math.abs(x);
  const ridge = step(0.24, -0.1, y) * step(-0.3, -0.2, y);
  return (
    0.25 * ridge * Math.exp(-((x / (0.075 + 0.05 * step(0.1, -0.2, y))) ** 2)) +
    0.05 * bump(side, y, 0.11, -0.2, 0.05, 0.06) +
    0.07 * bump(side, y, 0.2, 0.27, 0.22, 0.07) -
    0.13 * bump(side, y, 0.27, 0.12, 0.14, 0.1) +
    0.075 * bump(side, y, 0.28, 0.11, 0.085, 0.06) +
    0.06 * bump(side, y, 0.42, -0.08, 0.16, 0.14) +
    0.085 * bump(x, y, 0, -0.37, 0.16, 0.045) +
    0.08 * bump(x, y, 0, -0.48, 0.14, 0.05) -
    0.05 * bump(x, y, 0, -0.425, 0.17, 0.02) -
    0.03 * bump(x, y, 0, -0.58, 0.15, 0.05) +
    0.1 * bump(x, y, 0, -0.74, 0.17, 0.12)
  );
}

function zoneAt(x, y, z) {
  const side = Math.abs(x);
  if (z < -0.02 || y > 0.84) return "";
  const eye = ((side - 0.28) / 0.21) ** 2 + ((y - 0.13) / 0.15) ** 2;
  if (((side - 0.28) / 0.1) ** 2 + ((y - 0.115) / 0.04) ** 2 < 1) return "eye";
  if (side < 0.1 + 0.1 * step(0.1, -0.18, y) && y < 0.3 && y > -0.27) return "nose";
  if (eye < 1) return "periorbital";
  if ((x / 0.17) ** 2 + ((y + 0.425) / 0.08) ** 2 < 1) return "lips";
  if ((x / 0.27) ** 2 + ((y + 0.42) / 0.17) ** 2 < 1) return "perioral";
  if ((x / 0.27) ** 2 + ((y + 0.78) / 0.2) ** 2 < 1) return "chin";
  if (y > 0.3) return side < 0.47 ? "forehead" : "temple";
  if (y > 0.02 && side > 0.47) return "temple";
  return z > 0.08 ? "cheek" : "";
}

function headPoint(u, v) {
  const around = Math.PI * Math.sign(u) * Math.abs(u) ** 1.35;
  const up = Math.PI * (v - 0.5);
  const y = Math.sin(up);
  const jaw = 1 - 0.3 * step(0.05, -0.95, y);
  let x = 0.74 * Math.cos(up) * Math.sin(around) * jaw;
  let z = 0.86 * Math.cos(up) * Math.cos(around);
  z *= z > 0 ? 1 - 0.06 * step(0.3, -0.2, y) : 1.08;
  const front = step(0.1, 0.45, Math.cos(around) * Math.cos(up));
  if (z > 0) z += 0.2 * step(-0.35, -0.9, y) * step(0.45, 0.05, Math.abs(x));
  z += front * relief(x, y);
  return [x, y, z, zoneAt(x, y, z)];
}

function neckPoint(u, v) {
  const around = Math.PI * u;
  const y = -1.62 + 1.1 * v;
  const wide = 0.43 + 0.12 * step(-1.2, -1.62, y);
  const z = wide * 0.95 * Math.cos(around) - 0.14;
  return [wide * Math.sin(around), y, z, z > 0.02 && y > -1.5 ? "neck" : ""];
}

function earPoint(side) {
  return (u, v) => {
    const around = Math.PI * u;
    const up = Math.PI * (v - 0.5);
    const rim = 1 - 0.35 * Math.exp(-((Math.cos(up) * Math.cos(around)) ** 2) / 0.1);
    const x = side * (0.71 + 0.07 * rim * Math.cos(up) * Math.sin(around) * side);
    return [x, 0.02 + 0.2 * Math.sin(up), -0.02 + 0.11 * Math.cos(up) * Math.cos(around), ""];
  };
}

// Each point asks for its zone at five places around it, so that edges are drawn soft.
const AROUND = [[0, 0], [0.45, 0.2], [-0.2, 0.45], [-0.45, -0.2], [0.2, -0.45]];

function sheet(point, columns, rows, out) {
  const first = out.zones.length;
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      const near = AROUND.map(([a, b]) => point((2 * (column + a)) / columns - 1, (row + b) / rows));
      out.positions.push(...near[0].slice(0, 3));
      out.zones.push(near.map((one) => one[3]));
    }
  }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const a = first + row * (columns + 1) + column;
      const b = a + columns + 1;
      out.triangles.push(a, a + 1, b, b, a + 1, b + 1);
    }
  }
}

function normalsOf(positions, triangles) {
  const normals = new Float32Array(positions.length);
  for (let at = 0; at < triangles.length; at += 3) {
    const [a, b, c] = [3 * triangles[at], 3 * triangles[at + 1], 3 * triangles[at + 2]];
    const p = [0, 1, 2].map((part) => positions[b + part] - positions[a + part]);
    const q = [0, 1, 2].map((part) => positions[c + part] - positions[a + part]);
    const across = [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]];
    for (const corner of [a, b, c]) for (const part of [0, 1, 2]) normals[corner + part] += across[part];
  }
  return normals;
}

/** The points of the head, [x, y, z, ...], their normals, triangles, and the zones around each point. */
export function head() {
  const out = { positions: [], zones: [], triangles: [] };
  sheet(headPoint, 250, 200, out);
  sheet(neckPoint, 60, 24, out);
  for (const side of [1, -1]) sheet(earPoint(side), 24, 20, out);
  const positions = new Float32Array(out.positions);
  const triangles = new Uint16Array(out.triangles);
  return { positions, triangles, normals: normalsOf(positions, triangles), zones: out.zones };
}
