import fc from "fast-check";
import { expect, test } from "vitest";

import { range, reachable } from "./reachable.ts";

const isPublic = reachable([]);

test.each([
  ["loopback", "127.0.0.1", "127.255.255.254", "::1"],
  ["any", "0.0.0.0", "0.1.2.3", "::"],
  ["private", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fd00::1", "fc00::1"],
  ["link-local", "169.254.1.1", "fe80::1", "fe80::1%eth0"],
  ["metadata of clouds", "169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16", "192.0.0.192"],
  ["carriers", "100.64.0.1", "100.127.255.255"],
  ["multicast, broadcast, reserved", "224.0.0.1", "255.255.255.255", "240.0.0.1", "ff02::1"],
  ["IPv4 in IPv6", "::ffff:127.0.0.1", "::ffff:a00:1", "::ffff:0:0", "64:ff9b::a9fe:a9fe", "64:ff9b::10.0.0.1"],
  ["tunnels", "2002:7f00:1::1", "2001:0:1::1"],
  ["no address at all", "localhost", "", "1.2.3", "1.2.3.4.5", "::g"],
])("not reachable: %s", (_kind, ...addresses) => {
  for (const address of addresses) expect(isPublic(address), address).toBe(false);
});

test("the public internet is reachable, its edges too", () => {
  const open = ["1.1.1.1", "9.255.255.255", "11.0.0.0", "126.255.255.255", "128.0.0.0", "172.15.255.255", "172.32.0.0"];
  open.push("169.253.255.255", "169.255.0.0", "223.255.255.255", "2606:4700::1111", "2a00::1", "64:ff9b::101:101");
  for (const address of [...open, "::ffff:1.1.1.1"]) expect(isPublic(address), address).toBe(true);
});

test("however an IPv4 address is dressed, the answer is its own", () => {
  const octet = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(octet, octet, octet, octet, (a, b, c, d) => {
      const bare = `${a}.${b}.${c}.${d}`;
      const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
      for (const dressed of [`::ffff:${bare}`, `::ffff:${hex}`, `64:ff9b::${hex}`, `0:0:0:0:0:ffff:${hex}`])
        expect(isPublic(dressed), dressed).toBe(isPublic(bare));
    }),
  );
});

test("what the operator opens is open, and nothing beside it", () => {
  const may = reachable(["10.1.0.0/16", "127.0.0.1", "fd00::/8"]);
  for (const address of ["10.1.2.3", "127.0.0.1", "fd12::1", "::ffff:10.1.0.1"]) expect(may(address)).toBe(true);
  for (const address of ["10.2.0.1", "127.0.0.2", "fe80::1", "192.168.0.1"]) expect(may(address)).toBe(false);
});

test("a range is an address, with as many bits as it has", () => {
  for (const good of ["10.0.0.0/8", "127.0.0.1", "::1", "fd00::/128"]) expect(range.safeParse(good).success).toBe(true);
  for (const bad of ["10.0.0.0/33", "10.0.0/8", "fd00::/129", "a/8", "10.0.0.0/8/8", "10.0.0.0/", "10.0.0.0/-1"])
    expect(range.safeParse(bad).success, bad).toBe(false);
});
