import { type Application, agent, application, ask, goodbye, say } from './menu.ts';

/** The demo's voice applications. All of it is invented; names under `.example` belong to nobody (RFC 2606). */

export const pharmacy = application({
  name: 'Cedar Pharmacy refills',
  baseUrl: 'https://cedar.example',
  agentNumber: '+16175550180',
  dayShare: 30,
  nightShare: 13,
  pages: {
    'start.php': {
      medianLoadMs: 170,
      cachedShare: 0.6,
      items: {
        'main/choice': ask({
          medianMs: 9600,
          dropOffShare: 0.06,
          next: { 'refill.php': 60, 'status.php': 22, 'hours.php': 8, [agent]: 10 },
        }),
      },
    },
    'refill.php': {
      medianLoadMs: 420,
      items: {
        // The confusing one: many callers read out the wrong number of the label.
        'refill/prescription_number': ask({
          medianMs: 9800,
          voiceShare: 0.45,
          nomatchShare: 0.25,
          noinputShare: 0.1,
          dropOffShare: 0.12,
        }),
        'refill/confirm': ask({ medianMs: 3800, next: { 'pickup.php': 85, 'refill.php': 6, [agent]: 9 } }),
      },
    },
    'pickup.php': {
      medianLoadMs: 350,
      items: {
        'pickup/time': ask({ medianMs: 5200, nomatchShare: 0.09, next: { [goodbye]: 91, 'start.php': 3, [agent]: 6 } }),
      },
    },
    'status.php': {
      medianLoadMs: 1450,
      medianLoadMsInV2: 460,
      items: {
        'status/phone_number': ask({ medianMs: 7200, voiceShare: 0.3, nomatchShare: 0.08 }),
        'status/readout': say({
          medianMs: 6400,
          dropOffShare: 0.16,
          next: { [goodbye]: 80, 'refill.php': 8, [agent]: 12 },
        }),
      },
    },
    'hours.php': {
      medianLoadMs: 150,
      cachedShare: 0.8,
      items: { 'hours/readout': say({ medianMs: 7600, dropOffShare: 0.35, next: { [goodbye]: 88, 'start.php': 12 } }) },
    },
  },
});

export const bank = application({
  name: 'Harbor Bank balances',
  baseUrl: 'https://harbor.example',
  agentNumber: '+12125550181',
  dayShare: 36,
  nightShare: 35,
  pages: {
    'start.php': {
      medianLoadMs: 210,
      cachedShare: 0.5,
      items: {
        'signin/account_number': ask({ medianMs: 11_600, voiceShare: 0.2, nomatchShare: 0.08, dropOffShare: 0.06 }),
        'signin/pin': ask({ medianMs: 4300, voiceShare: 0.05, nomatchShare: 0.07, next: { 'menu.php': 1 } }),
      },
    },
    'menu.php': {
      medianLoadMs: 240,
      cachedShare: 0.3,
      items: {
        'main/choice': ask({
          medianMs: 4900,
          next: { 'balance.php': 64, 'activity.php': 14, 'card.php': 10, [agent]: 12 },
        }),
      },
    },
    // Slow since ever: it waits for the mainframe.
    'balance.php': {
      medianLoadMs: 2500,
      cachedShare: 0,
      brokenScript: { line: 118, message: "TypeError: Cannot read property 'balance' of null" },
      items: {
        'balance/readout': say({ medianMs: 5200, dropOffShare: 0.22 }),
        'balance/more': ask({
          medianMs: 2700,
          noinputShare: 0.08,
          dropOffShare: 0.12,
          next: { [goodbye]: 80, 'activity.php': 11, 'menu.php': 5, [agent]: 4 },
        }),
      },
    },
    'activity.php': {
      medianLoadMs: 1150,
      cachedShare: 0,
      items: {
        'activity/readout': say({ medianMs: 9800, dropOffShare: 0.18 }),
        'activity/more': ask({
          medianMs: 2600,
          noinputShare: 0.08,
          next: { [goodbye]: 84, 'menu.php': 9, [agent]: 7 },
        }),
      },
    },
    'card.php': {
      medianLoadMs: 520,
      items: { 'card/reason': ask({ medianMs: 4700, nomatchShare: 0.12, next: { [agent]: 74, [goodbye]: 26 } }) },
    },
  },
});

export const outage = application({
  name: 'Brightwater Electric outages',
  baseUrl: 'https://brightwater.example',
  agentNumber: '+13125550182',
  dayShare: 14,
  nightShare: 50,
  pages: {
    'start.php': {
      medianLoadMs: 160,
      cachedShare: 0.65,
      items: {
        'main/reason': ask({
          medianMs: 9100,
          voiceShare: 0.75,
          dropOffShare: 0.04,
          nomatchShare: 0.08,
          next: { 'report.php': 45, 'status.php': 41, [agent]: 14 },
        }),
      },
    },
    'report.php': {
      medianLoadMs: 380,
      items: {
        'report/address': ask({ medianMs: 8800, voiceShare: 0.92, nomatchShare: 0.15, dropOffShare: 0.05 }),
        'report/confirm': ask({ medianMs: 4100, next: { 'done.php': 83, 'report.php': 8, [agent]: 9 } }),
      },
    },
    'status.php': {
      medianLoadMs: 760,
      cachedShare: 0.25,
      items: {
        'status/postal_code': ask({ medianMs: 5000, voiceShare: 0.4 }),
        'status/readout': say({
          medianMs: 8400,
          dropOffShare: 0.2,
          next: { [goodbye]: 73, 'report.php': 21, [agent]: 6 },
        }),
      },
    },
    'done.php': {
      medianLoadMs: 190,
      cachedShare: 0.4,
      items: { 'done/callback': ask({ medianMs: 3600, next: { [goodbye]: 1 } }) },
    },
  },
});

export const clinic = application({
  name: 'Maple Clinic appointments',
  baseUrl: 'https://maple.example',
  agentNumber: '+12065550183',
  dayShare: 20,
  nightShare: 2,
  pages: {
    'start.php': {
      medianLoadMs: 230,
      cachedShare: 0.5,
      items: {
        'main/choice': ask({
          medianMs: 9700,
          voiceShare: 0.7,
          dropOffShare: 0.05,
          next: { 'book.php': 46, 'change.php': 36, [agent]: 18 },
        }),
      },
    },
    'book.php': {
      medianLoadMs: 610,
      items: {
        'book/department': ask({ medianMs: 4400, voiceShare: 0.85, nomatchShare: 0.11 }),
        'book/day': ask({ medianMs: 5000, voiceShare: 0.85, next: { 'slots.php': 89, [agent]: 11 } }),
      },
    },
    'change.php': {
      medianLoadMs: 540,
      items: {
        'change/birth_date': ask({ medianMs: 6800, voiceShare: 0.55, nomatchShare: 0.1, dropOffShare: 0.06 }),
        'change/wish': ask({ medianMs: 4200, voiceShare: 0.8, next: { 'slots.php': 52, 'confirm.php': 48 } }),
      },
    },
    'slots.php': {
      medianLoadMs: 980,
      cachedShare: 0,
      items: {
        'slots/choice': ask({
          medianMs: 7600,
          nomatchShare: 0.12,
          dropOffShare: 0.05,
          next: { 'confirm.php': 84, 'slots.php': 8, [agent]: 8 },
        }),
      },
    },
    'confirm.php': {
      medianLoadMs: 230,
      items: { 'confirm/answer': ask({ medianMs: 3700, next: { [goodbye]: 95, [agent]: 5 } }) },
    },
  },
});

export const demoApplications: readonly Application[] = [pharmacy, bank, outage, clinic];
