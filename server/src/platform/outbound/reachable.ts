import { BlockList, isIP } from "node:net";

import { z } from "zod";

/** Whether a request of ours may go to this address. */
export type Reachable = (address: string) => boolean;

/**
 * Everything that is not the public internet (IANA's special-purpose registries), and what clouds answer their machines
 * at: most of that is link-local, 168.63.129.16 is not.
 */
const CLOSED_V4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "168.63.129.16/32",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];
/** Of IPv6 only global unicast is open, and of that not what tunnels to somewhere else or is for documents. */
const OPEN_V6 = "2000::/3";
const CLOSED_V6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];
/** The last 32 bits of these are an IPv4 address: mapped, and translated (NAT64). */
const CARRIES_V4 = ["::ffff:0:0/96", "64:ff9b::/96"];

const closed = blockList([...CLOSED_V4, ...CLOSED_V6]);
const openV6 = blockList([OPEN_V6]);
const carriesV4 = blockList(CARRIES_V4);

/** `allowed`: addresses and ranges that the operator opens although they are not public. */
export function reachable(allowed: readonly string[]): Reachable {
  const opened = blockList(allowed);
  return (given) => {
    const address = plain(given);
    if (isIP(address) === 0) return false;
    return isIn(opened, address) || (!isIn(closed, address) && (isIP(address) === 4 || isIn(openV6, address)));
  };
}

/** An address or a range, as in `10.0.0.0/8` or `fd00::/8`. */
export const range = z.string().refine(isRange, "must be an address or a range such as 10.0.0.0/8");

function isRange(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of ranges) {
    const [address = "", bits] = text.split("/");
    const family = isIP(address) === 4 ? "ipv4" : "ipv6";
    list.addSubnet(address, bits === undefined ? (family === "ipv4" ? 32 : 128) : Number(bits), family);
  }
  return list;
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 4 ? "ipv4" : "ipv6");
}

/** Without a zone; an IPv4 address that came in IPv6's clothes is taken as what it is. */
function plain(given: string): string {
  const address = given.split("%", 1)[0] ?? "";
  if (isIP(address) !== 6 || !isIn(carriesV4, address)) return address;
  const [high = 0, low = 0] = groupsOf(address).slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** The eight groups; the URL parser has brought the text into its one short form before. */
function groupsOf(address: string): number[] {
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = [], tail = []] = short.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  return [...head, ...Array<string>(8 - head.length - tail.length).fill("0"), ...tail].map((group) =>
    Number.parseInt(group, 16),
  );
}
