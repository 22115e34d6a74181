// A session of dapjs with any target whose flash holds a loop of two instructions: node target.js FOLDER SERIAL FACTS. Prints a line a step; the first that goes wrong ends it.
// FACTS is JSON with hexadecimal numbers in quotes: dpidr, loop (address of ADDS r2, #1, whose successor branches back to it), and perhaps targetsel (its debug port shares its wires with others) and flash (how to program a page or sector).
'use strict';
const { createRequire } = require('module');
const [, , folder, serial, text] = process.argv;
const library = createRequire(folder + '/');
const { CortexM, WebUSB } = library('dapjs');
const facts = JSON.parse(text, (_, value) => typeof value === 'string' && value.startsWith('0x') ? Number(value) : value), ram = 0x20001000;

const VENDOR = 0x1d50, PRODUCT = 0x6018, SWD = 1, CLOCK = 10000000;
const DHCSR = 0xe000edf0, FP_CTRL = 0xe0002000, FP_COMP0 = 0xe0002008, KEY = 0xa05f0000;

function fail(what) { throw new Error(what); }
function same(name, is, should) { if (is >>> 0 !== should >>> 0) fail(`${name} is 0x${(is >>> 0).toString(16)}, not 0x${(should >>> 0).toString(16)}`); }
function step(name) { console.log(`${name}: good`); }

async function halted(core) {
    for (let i = 0; i < 200; i++) if (await core.isHalted()) return;
    fail('the core does not halt');
}

async function until(core, address, mask, value, what) {
    for (let i = 0; i < 4000; i++) if (((await core.readMem32(address)) & mask) >>> 0 === value) return;
    fail(what);
}

// dapjs knows no TARGETSEL: out of the dormant state (ADIv5.2, B5.3.4), a line reset, and the port's number, whose acknowledge nobody gives.
function select(core, target) {
    const bits = [];
    const put = (value, count) => { for (let i = 0; i < count; i++) bits.push(Math.floor(value / 2 ** i) % 2); };
    let parity = 0;
    for (let i = 0; i < 32; i++) parity ^= target >>> i & 1;
    put(0xff, 8);
    for (const word of [0x6209f392, 0x86852d95, 0xe3ddafe9, 0x19bc0ea2]) put(word, 32);
    put(0, 4);
    put(0x1a, 8);
    for (let i = 0; i < 56; i++) bits.push(1);
    put(0, 4);
    put(0x99, 8);
    put(0, 5);
    put(target >>> 0, 32);
    put(parity, 1);
    put(0, 2);
    const bytes = new Uint8Array(Math.ceil(bits.length / 8));
    bits.forEach((bit, i) => bytes[i >> 3] |= bit << (i & 7));
    core.proxy.selectProtocol = () => core.proxy.swjSequence(bytes, bits.length);
}

// Each erases the page or sector, opens the controller for words, and returns what closes it.
const controllers = {
    async stm32f4(core, { sector }) {
        const KEYR = 0x40023c04, SR = 0x40023c0c, CR = 0x40023c10, BUSY = 1 << 16;
        await core.writeMem32(KEYR, 0x45670123);
        await core.writeMem32(KEYR, 0xcdef89ab);
        await core.writeMem32(CR, 2 | sector << 3 | 2 << 8);
        await core.writeMem32(CR, 2 | sector << 3 | 2 << 8 | 1 << 16);
        await until(core, SR, BUSY, 0, 'the erase does not end');
        await core.writeMem32(CR, 1 | 2 << 8);
        return () => core.writeMem32(CR, 0x80000000);
    },
    async stm32l4(core, { page, busy }) {
        const KEYR = 0x40022008, SR = 0x40022010, CR = 0x40022014;
        await core.writeMem32(KEYR, 0x45670123);
        await core.writeMem32(KEYR, 0xcdef89ab);
        await core.writeMem32(CR, 2 | page << 3);
        await core.writeMem32(CR, 2 | page << 3 | 1 << 16);
        await until(core, SR, busy, 0, 'the erase does not end');
        await core.writeMem32(CR, 1);
        return () => core.writeMem32(CR, 0x80000000);
    },
    async nrf52(core, { address }) {
        const READY = 0x4001e400, CONFIG = 0x4001e504, ERASEPAGE = 0x4001e508;
        await core.writeMem32(CONFIG, 2);
        await core.writeMem32(ERASEPAGE, address);
        await until(core, READY, 1, 1, 'the erase does not end');
        await core.writeMem32(CONFIG, 1);
        return () => core.writeMem32(CONFIG, 0);
    },
};

async function session(core) {
    if (facts.targetsel) select(core, facts.targetsel);
    await core.connect();
    same('DPIDR', await core.readDP(0), facts.dpidr);
    step('connect');

    await core.halt();
    if (!await core.isHalted()) fail('not halted');
    const pc = await core.readCoreRegister(15);
    if (pc !== facts.loop && pc !== facts.loop + 2) fail(`pc is 0x${pc.toString(16)}`);
    step('halt');

    await core.writeMem32(DHCSR, KEY | 5);
    await halted(core);
    same('pc', await core.readCoreRegister(15), pc === facts.loop ? facts.loop + 2 : facts.loop);
    step('step');

    await core.writeCoreRegister(3, 0x12345678);
    same('r3', await core.readCoreRegister(3), 0x12345678);
    step('registers');

    await core.writeMem32(ram, 0xcafe4711);
    await core.writeMem16(ram + 2, 0xbeef);
    same('a word', await core.readMem32(ram), 0xbeef4711);
    const words = Uint32Array.from({ length: 250 }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 0);
    await core.writeBlock(ram, words);
    const back = await core.readBlock(ram, words.length);
    words.forEach((w, i) => same(`word ${i}`, back[i], w));
    step('memory');

    await core.writeMem32(FP_CTRL, 3);
    await core.writeMem32(FP_COMP0, ((facts.loop & 2 ? 0x80000001 : 0x40000001) | facts.loop & ~3) >>> 0);
    await core.writeCoreRegister(2, 41);
    await core.writeCoreRegister(15, facts.loop + 2);          // one branch before it: it stops at once
    await core.resume(false);
    await halted(core);
    same('pc', await core.readCoreRegister(15), facts.loop);
    same('r2', await core.readCoreRegister(2), 41);
    await core.writeMem32(FP_COMP0, 0);
    step('breakpoint');

    if (facts.flash) {
        const close = await controllers[facts.flash.kind](core, facts.flash);
        for (let i = 0; i < 32; i++) await core.writeMem32(facts.flash.address + 4 * i, words[i]);
        await close();
        const written = await core.readBlock(facts.flash.address, 32);
        for (let i = 0; i < 32; i++) same(`word ${i} of flash`, written[i], words[i]);
        step('flash');
    }

    await core.resume();
    if (await core.isHalted()) fail('still halted');
    await core.disconnect();
    step('disconnect');
}

async function main() {
    const devices = await new (library('usb').WebUSB)({ allowAllDevices: true, deviceTimeout: 5000 }).getDevices();
    const device = devices.find(d => d.vendorId === VENDOR && d.productId === PRODUCT && d.serialNumber === serial) || fail('no USB device');
    await session(new CortexM(new WebUSB(device), SWD, CLOCK));
}

main().then(() => process.exit(0), error => {
    console.log(error && error.stack || error);
    process.exit(1);
});
