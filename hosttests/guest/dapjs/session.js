// A session of dapjs with an STM32F103: node session.js FOLDER hid|webusb SERIAL. Prints a line a step; the first that goes wrong ends it.
'use strict';
const { createRequire } = require('module');
const [, , folder, kind, serial] = process.argv;
const library = createRequire(folder + '/');
const { CortexM, HID, WebUSB } = library('dapjs');

const VENDOR = 0x1d50, PRODUCT = 0x6018, SWD = 1, CLOCK = 10000000;
const DHCSR = 0xe000edf0, FP_CTRL = 0xe0002000, FP_COMP0 = 0xe0002008, KEY = 0xa05f0000;
const RAM = 0x20001000, PAGE = 0x08001000;
const FLASH_KEYR = 0x40022004, FLASH_SR = 0x4002200c, FLASH_CR = 0x40022010, FLASH_AR = 0x40022014;
const PG = 1, PER = 2, STRT = 64, LOCK = 128, BSY = 1;

function fail(what) { throw new Error(what); }
function same(name, is, should) { if (is !== should) fail(`${name} is 0x${(is >>> 0).toString(16)}, not 0x${(should >>> 0).toString(16)}`); }
function step(text) { console.log(`${text}: good`); }

async function transport() {
    if (kind === 'hid') {
        const nodeHid = library('node-hid');
        const info = nodeHid.devices().find(d => d.vendorId === VENDOR && d.productId === PRODUCT && d.serialNumber === serial);
        return new HID(new nodeHid.HID((info || fail('no HID')).path));
    }
    const usb = library('usb');
    const devices = await new usb.WebUSB({ allowAllDevices: true, deviceTimeout: 5000 }).getDevices();
    return new WebUSB(devices.find(d => d.vendorId === VENDOR && d.productId === PRODUCT && d.serialNumber === serial) || fail('no USB device'));
}

async function halted(core) {
    for (let i = 0; i < 200; i++) if (await core.isHalted()) return;
    fail('the core does not halt');
}

async function session(core) {
    await core.connect();
    same('DPIDR', await core.readDP(0), 0x1ba01477);
    step('connect');

    await core.halt();
    if (!await core.isHalted()) fail('not halted');
    step('halt');

    await core.writeCoreRegister(3, 0x12345678);
    same('r3', await core.readCoreRegister(3), 0x12345678);
    step('registers');

    await core.writeMem32(RAM, 0xcafe4711);
    await core.writeMem16(RAM + 2, 0xbeef);
    same('a word', await core.readMem32(RAM), 0xbeef4711);
    const words = Uint32Array.from({ length: 250 }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 0);
    await core.writeBlock(RAM, words);
    const back = await core.readBlock(RAM, words.length);
    words.forEach((w, i) => same(`word ${i}`, back[i], w));
    step('memory');

    // Into a page of flash: NOP, NOP, ADDS r0, #1, branch to itself, and noise.
    const half = Uint16Array.from({ length: 64 }, (_, i) => [0xbf00, 0xbf00, 0x3001, 0xe7fe][i] || Math.imul(i, 40503) & 0xffff);
    await core.writeMem32(FLASH_KEYR, 0x45670123);
    await core.writeMem32(FLASH_KEYR, 0xcdef89ab);
    await core.writeMem32(FLASH_CR, PER);
    await core.writeMem32(FLASH_AR, PAGE);
    await core.writeMem32(FLASH_CR, PER | STRT);
    for (let i = 0; (await core.readMem32(FLASH_SR)) & BSY; i++) if (i > 1000) fail('the erase does not end');
    await core.writeMem32(FLASH_CR, PG);
    for (let i = 0; i < half.length; i++) await core.writeMem16(PAGE + 2 * i, half[i]);
    await core.writeMem32(FLASH_CR, LOCK);
    const written = new Uint16Array((await core.readBlock(PAGE, half.length / 2)).buffer);
    half.forEach((h, i) => same(`half-word ${i} of flash`, written[i], h));
    step('flash');

    await core.writeCoreRegister(15, PAGE);
    await core.writeMem32(DHCSR, KEY | 5);
    await halted(core);
    same('pc', await core.readCoreRegister(15), PAGE + 2);
    step('step');

    await core.writeMem32(FP_CTRL, 3);
    await core.writeMem32(FP_COMP0, (0x40000001 | PAGE + 4) >>> 0);       // REPLACE: the lower half-word
    await core.resume(false);                                  // not until it has been seen to run: it stops at once
    await halted(core);
    same('pc', await core.readCoreRegister(15), PAGE + 4);
    await core.writeMem32(FP_COMP0, 0);
    step('breakpoint');

    // ADDS r0, #1; NOP; BKPT
    await core.execute(RAM, Uint32Array.of(0xbf003001, 0xbe2a), RAM + 0x800, RAM + 1, RAM + 3, 41);
    await halted(core);
    same('r0', await core.readCoreRegister(0), 42);
    step('execute');

    await core.writeCoreRegister(15, PAGE + 6);
    await core.resume();
    if (await core.isHalted()) fail('still halted');
    await core.disconnect();
    step('disconnect');
}

transport().then(t => session(new CortexM(t, SWD, CLOCK))).then(() => process.exit(0), error => {
    console.log(error && error.stack || error);
    process.exit(1);
});
