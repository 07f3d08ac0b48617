/**
 * Series of telephone numbers that belong to nobody, by where they are: so the demo shows a map and nobody's telephone rings.
 *
 * - North America: 555-0100 to 555-0199 of each area code is set aside for fiction (ATIS-0300115, 555 NXX Line Number Reference);
 *   of the toll-free codes only the last of them, 555-0199, is sure.
 * - United Kingdom: Ofcom, "Telephone numbers for use in TV and radio drama programmes".
 * - Germany: Bundesnetzagentur, Mitteilung 148/2021 (Amtsblatt 7/2021).
 * - Mexico has no such series: a subscriber number that starts with 0 is assigned to nobody.
 */

/** The census regions of the United States, and everywhere else. */
export const areas = ['northeast', 'midwest', 'south', 'west', 'elsewhere'] as const;
export type Area = (typeof areas)[number];

interface State {
  readonly code: string;
  readonly area: Area;
  /** Residents in thousands, census of 2020 (P.L. 94-171). */
  readonly population: number;
  readonly areaCodes: string;
}

const state = (code: string, area: Area, population: number, areaCodes: string): State => ({
  code,
  area,
  population,
  areaCodes,
});

export const states: readonly State[] = [
  state('AK', 'west', 733, '907'),
  state('AL', 'south', 5024, '205 251 256 334 659 938'),
  state('AR', 'south', 3012, '479 501 870'),
  state('AZ', 'west', 7152, '480 520 602 623 928'),
  state(
    'CA',
    'west',
    39538,
    '209 213 310 323 341 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 747 760 805 818 820 831 858 909 916 925 949 951',
  ),
  state('CO', 'west', 5774, '303 719 720 970'),
  state('CT', 'northeast', 3606, '203 475 860 959'),
  state('DC', 'south', 690, '202'),
  state('DE', 'south', 990, '302'),
  state('FL', 'south', 21538, '239 305 321 352 386 407 561 727 754 772 786 813 850 863 904 941 954'),
  state('GA', 'south', 10712, '229 404 470 478 678 706 762 770 912'),
  state('HI', 'west', 1455, '808'),
  state('IA', 'midwest', 3190, '319 515 563 641 712'),
  state('ID', 'west', 1839, '208 986'),
  state('IL', 'midwest', 12813, '217 224 309 312 331 618 630 708 773 779 815 847 872'),
  state('IN', 'midwest', 6786, '219 260 317 463 574 765 812 930'),
  state('KS', 'midwest', 2938, '316 620 785 913'),
  state('KY', 'south', 4506, '270 364 502 606 859'),
  state('LA', 'south', 4658, '225 318 337 504 985'),
  state('MA', 'northeast', 7030, '339 351 413 508 617 774 781 857 978'),
  state('MD', 'south', 6177, '240 301 410 443 667'),
  state('ME', 'northeast', 1362, '207'),
  state('MI', 'midwest', 10077, '231 248 269 313 517 586 616 734 810 906 947 989'),
  state('MN', 'midwest', 5706, '218 320 507 612 651 763 952'),
  state('MO', 'midwest', 6155, '314 417 573 636 660 816'),
  state('MS', 'south', 2961, '228 601 662 769'),
  state('MT', 'west', 1084, '406'),
  state('NC', 'south', 10439, '252 336 704 743 828 910 919 980 984'),
  state('ND', 'midwest', 779, '701'),
  state('NE', 'midwest', 1962, '308 402 531'),
  state('NH', 'northeast', 1378, '603'),
  state('NJ', 'northeast', 9289, '201 551 609 640 732 848 856 862 908 973'),
  state('NM', 'west', 2118, '505 575'),
  state('NV', 'west', 3105, '702 725 775'),
  state('NY', 'northeast', 20201, '212 315 332 347 516 518 585 607 631 646 680 716 718 838 845 914 917 929 934'),
  state('OH', 'midwest', 11799, '216 220 234 330 380 419 440 513 567 614 740 937'),
  state('OK', 'south', 3959, '405 539 580 918'),
  state('OR', 'west', 4237, '458 503 541 971'),
  state('PA', 'northeast', 13003, '215 267 272 412 484 570 610 717 724 814 878'),
  state('RI', 'northeast', 1097, '401'),
  state('SC', 'south', 5118, '803 839 843 854 864'),
  state('SD', 'midwest', 887, '605'),
  state('TN', 'south', 6911, '423 615 629 731 865 901 931'),
  state(
    'TX',
    'south',
    29146,
    '210 214 254 281 325 346 361 409 430 432 469 512 682 713 726 737 806 817 830 832 903 915 936 940 956 972 979',
  ),
  state('UT', 'west', 3272, '385 435 801'),
  state('VA', 'south', 8631, '276 434 540 571 703 757 804'),
  state('VT', 'northeast', 643, '802'),
  state('WA', 'west', 7705, '206 253 360 425 509 564'),
  state('WI', 'midwest', 5894, '262 414 534 608 715 920'),
  state('WV', 'south', 1794, '304 681'),
  state('WY', 'west', 577, '307'),
];

/** Numbers of one beginning, with so many digits to follow. */
export interface PhoneSeries {
  readonly prefix: string;
  readonly digits: number;
  readonly area: Area;
  /** How many calls come from here, for each thousand that come from the United States. */
  readonly weight: number;
}

const usWeight = 1000;
const usPopulation = states.reduce((sum, { population }) => sum + population, 0);

export const usSeries: readonly PhoneSeries[] = states.flatMap(({ area, population, areaCodes }) => {
  const codes = areaCodes.split(' ');
  const weight = (usWeight * population) / usPopulation / codes.length;
  return codes.map((code) => ({ prefix: `+1${code}55501`, digits: 2, area, weight }));
});

const tollFree = ['800', '833', '844', '855', '866', '877', '888'];
const canada = ['204', '403', '416', '438', '514', '604', '613', '647', '778', '780', '902', '905'];
const kingdom = ['+441214960', '+441314960', '+441614960', '+442079460'];
const germany = ['+493023125', '+494066969', '+496990009', '+498999998'];
const mexico = ['+5233000001', '+5255000001', '+5281000001'];

const elsewhere = (prefixes: readonly string[], digits: number, weight: number): readonly PhoneSeries[] =>
  prefixes.map((prefix) => ({ prefix, digits, area: 'elsewhere', weight: weight / prefixes.length }));

export const callerSeries: readonly PhoneSeries[] = [
  ...usSeries,
  ...elsewhere(
    tollFree.map((code) => `+1${code}5550199`),
    0,
    7,
  ),
  ...elsewhere(
    canada.map((code) => `+1${code}55501`),
    2,
    30,
  ),
  ...elsewhere(mexico, 2, 13),
  ...elsewhere(kingdom, 3, 9),
  ...elsewhere(germany, 3, 5),
];
