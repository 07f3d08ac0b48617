/** A point in degrees of longitude and latitude, or on a map. */
export type Point = readonly [number, number];

const [a1, a2, a3, a4] = [1.340264, -0.081106, 0.000893, 0.003796];
const root3half = Math.sqrt(3) / 2;
const radians = Math.PI / 180;

/**
 * The Equal Earth projection (Šavrič, Patterson, Jenny 2018), which keeps areas: a shaded country weighs as much as it is large. East is
 * right and north is up, in earth radii; the map is 5.41 wide and 2.63 high.
 */
export function equalEarth([longitude, latitude]: Point): Point {
  const angle = Math.asin(root3half * Math.sin(latitude * radians));
  const square = angle * angle;
  const sixth = square * square * square;
  const slope = root3half * (a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square));
  return [(longitude * radians * Math.cos(angle)) / slope, angle * (a1 + a2 * square + sixth * (a3 + a4 * square))];
}
