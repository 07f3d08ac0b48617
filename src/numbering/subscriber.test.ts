import { expect, it } from 'vitest';
import { subscriberPart } from './subscriber.ts';

it.each([
  { name: 'a plain number', given: '+1 617-555-0101', want: '+1 617-555-0101' },
  { name: 'a tel URI', given: 'tel:+1-617-555-0101', want: '+1-617-555-0101' },
  { name: 'a tel URI with slashes', given: 'TEL://+16175550101', want: '+16175550101' },
  { name: 'parameters', given: '+16175550101;ext=5;isub=7', want: '+16175550101' },
  { name: 'a SIP URI', given: 'sip:+16175550101@10.0.0.1:5060;user=phone', want: '+16175550101' },
  { name: 'a SIP URI with parameters of its user', given: 'sip:+16175550101;ext=5@host', want: '+16175550101' },
  { name: 'a SIP URI with a password', given: 'sips:alice:1234@host', want: 'alice' },
  { name: 'a SIP URI with an escaped plus', given: 'sip:%2B16175550101@host', want: '+16175550101' },
  { name: 'an escape that is no escape', given: 'sip:100%zz@host', want: '100%zz' },
  { name: 'an escaped at-sign', given: 'sip:alice%40home@host', want: 'alice@home' },
  { name: 'a SIP URI of a host alone', given: 'sip:10.0.0.1', want: '' },
  { name: 'a SIP URI of a host and port alone', given: 'sip:pbx7.example.com:5060', want: '' },
  { name: 'a SIP URI whose host was left out', given: 'sip:+16175550101', want: '+16175550101' },
  { name: 'an extension whose host was left out', given: 'sip:301;transport=udp', want: '301' },
  { name: 'a name and address', given: '"Desk 2" <sip:301@10.0.0.1>;tag=99', want: '301' },
  { name: 'a caller id as Asterisk prints it', given: '"Desk 2" <301>', want: '301' },
  { name: 'an address without scheme', given: '301@10.0.0.1', want: '301' },
  { name: 'a prefix as phone-context', given: 'tel:6175550101;phone-context=+1', want: '+16175550101' },
  { name: 'a domain as phone-context', given: 'tel:7042;phone-context=pbx1.example.com', want: '7042' },
  { name: 'a needless phone-context', given: 'tel:+16175550101;phone-context=+44', want: '+16175550101' },
  { name: 'nothing', given: '', want: '' },
])('takes the subscriber from $name', ({ given, want }) => {
  expect(subscriberPart(given)).toBe(want);
});
