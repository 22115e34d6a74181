namespace SharpProbe.Sim.Chips.Rp2040;

/// <summary>
/// A small boot ROM of our own with the public interface of the vendor's (RP2040 datasheet 2.8): magic and table pointers at 0x10, the lookup function, and the functions that flash drivers call:
/// IF, EX, RE, RP, FC, CX, DT, DE; UB, which only sleeps. They are Thumb code that the simulated core runs and that drives the simulated SSI. At reset core 0 copies the boot stage (256 bytes) from flash and starts it
/// when its checksum is right, else sleeps (the vendor's becomes a USB device then); core 1 sleeps (the vendor's waits for core 0 to start it through the FIFO).
/// </summary>
public static class BootRom
{
    public const uint Size = 16 * 1024;

    /// <summary>Address, half-words, instruction (GNU as, Cortex-M0+).</summary>
    private const string Listing = """
        000 1F00 2004 vectors: .word 0x20041f00 @ stack: its end is the boot stage's place
        004 003D 0000 .word reset + 1
        008 0039 0000 .word stuck + 1 @ NMI
        00C 0039 0000 .word stuck + 1 @ HardFault
        010 754D 0301 .byte 'M', 'u', 1, 3 @ magic, and the version of the second B stepping
        014 0274      .hword functions
        016 0298      .hword data
        018 001D      .hword lookup + 1
        01A 0000      .hword 0
        @ rom_table_lookup(table, code): the entry with this code, or 0
        01C B289      lookup: uxth r1, r1
        01E 8802      1: ldrh r2, [r0]
        020 2A00      cmp r2, #0
        022 D005      beq 2f
        024 8843      ldrh r3, [r0, #2]
        026 3004      adds r0, #4
        028 428A      cmp r2, r1
        02A D1F8      bne 1b
        02C 0018      movs r0, r3
        02E 4770      bx lr
        030 2000      2: movs r0, #0
        032 4770      bx lr
        @ DT, DE: call what r7 names, then stop
        034 47B8      trampoline: blx r7
        036 BE00      trampoline_end: bkpt 0
        038 E7FE      stuck: b stuck
        @ reset: core 1 sleeps, core 0 starts the boot stage in flash where its checksum is right
        03A 46C0      nop
        03C 487F      reset: ldr r0, =0xd0000000 @ SIO.CPUID
        03E 6800      ldr r0, [r0]
        040 2800      cmp r0, #0
        042 D126      bne asleep
        044 487E      ldr r0, =0x40064008 @ CHIP_RESET.PSM_RESTART_FLAG: the rescue port wants core 0 asleep
        046 6801      ldr r1, [r0]
        048 0E0A      lsrs r2, r1, #24
        04A 07D2      lsls r2, r2, #31
        04C D001      beq 1f
        04E 6001      str r1, [r0]
        050 E01F      b asleep
        052 F000 F831 1: bl connect
        056 F000 F84B bl exit_xip
        05A F000 F8B9 bl select
        05E 2003      movs r0, #3 @ read data
        060 2100      movs r1, #0
        062 F000 F8C5 bl command
        066 4D77      ldr r5, =0x20041f00
        068 2400      movs r4, #0
        06A 2000      2: movs r0, #0
        06C F000 F8DD bl exchange
        070 5528      strb r0, [r5, r4]
        072 3401      adds r4, #1
        074 0A20      lsrs r0, r4, #8
        076 D0F8      beq 2b
        078 F000 F8AC bl deselect
        07C F000 F892 bl flush
        080 F000 F809 bl checksum
        084 5929      ldr r1, [r5, r4] @ r4: 252
        086 4288      cmp r0, r1
        088 D103      bne asleep
        08A 2000      movs r0, #0
        08C 4686      mov lr, r0
        08E 3501      adds r5, #1
        090 4728      bx r5
        092 BF20      asleep: wfe
        094 E7FD      b asleep
        @ CRC-32 of 252 bytes at r5: polynomial 0x04C11DB7, first bit highest, starts with ones, nothing in
        096 2000      checksum: movs r0, #0
        098 43C0      mvns r0, r0
        09A 4B6B      ldr r3, =0x04c11db7
        09C 2400      movs r4, #0
        09E 5D29      1: ldrb r1, [r5, r4]
        0A0 0609      lsls r1, r1, #24
        0A2 4048      eors r0, r1
        0A4 2208      movs r2, #8
        0A6 0040      2: lsls r0, r0, #1
        0A8 D300      bcc 3f
        0AA 4058      eors r0, r3
        0AC 3A01      3: subs r2, #1
        0AE D1FA      bne 2b
        0B0 3401      adds r4, #1
        0B2 2CFC      cmp r4, #252
        0B4 D1F3      bne 1b
        0B6 4770      bx lr
        @ IF: pins to the flash, and the controller sends bytes
        0B8 4864      connect: ldr r0, =0x4000f000 @ RESETS.RESET, clear alias; then RESET_DONE
        0BA 4965      ldr r1, =0x240 @ IO_QSPI, PADS_QSPI
        0BC 6001      str r1, [r0]
        0BE 4865      ldr r0, =0x4000c000
        0C0 6882      1: ldr r2, [r0, #8]
        0C2 400A      ands r2, r1
        0C4 428A      cmp r2, r1
        0C6 D1FB      bne 1b
        0C8 4863      ldr r0, =0x40018000 @ IO_QSPI: function 0 and no override on six pins
        0CA 2100      movs r1, #0
        0CC 6041      str r1, [r0, #4]
        0CE 60C1      str r1, [r0, #12]
        0D0 6141      str r1, [r0, #20]
        0D2 61C1      str r1, [r0, #28]
        0D4 6241      str r1, [r0, #36]
        0D6 62C1      str r1, [r0, #44]
        0D8 4860      serial: ldr r0, =0x18000000
        0DA 2100      movs r1, #0
        0DC 6081      str r1, [r0, #8] @ SSIENR
        0DE 2106      movs r1, #6
        0E0 6141      str r1, [r0, #20] @ BAUDR
        0E2 2107      movs r1, #7
        0E4 0409      lsls r1, r1, #16
        0E6 6001      str r1, [r0] @ CTRLR0: bytes, both ways
        0E8 2101      movs r1, #1
        0EA 6101      str r1, [r0, #16] @ SER
        0EC 6081      str r1, [r0, #8]
        0EE 4770      bx lr
        @ EX: out of a continuous read, with ones; leaves chip select high
        0F0 B510      exit_xip: push {r4, lr}
        0F2 F7FF FFF1 bl serial
        0F6 F000 F86B bl select
        0FA 2408      movs r4, #8
        0FC 20FF      1: movs r0, #255
        0FE F000 F894 bl exchange
        102 3C01      subs r4, #1
        104 D1FA      bne 1b
        106 F000 F865 bl deselect
        10A BD10      pop {r4, pc}
        @ RE(address, count, block size, block command): blocks where they fit, else sectors of 4 KB
        10C B5F0      erase: push {r4, r5, r6, r7, lr}
        10E 0004      movs r4, r0
        110 1845      adds r5, r0, r1 @ end
        112 0016      movs r6, r2
        114 001F      movs r7, r3
        116 42AC      1: cmp r4, r5
        118 D219      bhs 4f
        11A 1E70      subs r0, r6, #1
        11C D308      bcc 2f @ no block size
        11E 4204      tst r4, r0
        120 D106      bne 2f
        122 1B28      subs r0, r5, r4
        124 42B0      cmp r0, r6
        126 D303      blo 2f
        128 0038      movs r0, r7
        12A 0021      movs r1, r4
        12C 19A4      adds r4, r4, r6
        12E E003      b 3f
        130 2020      2: movs r0, #0x20
        132 0021      movs r1, r4
        134 4A4A      ldr r2, =4096
        136 18A4      adds r4, r4, r2
        138 F000 F851 3: bl write_enable
        13C F000 F848 bl select
        140 F000 F856 bl command
        144 F000 F846 bl deselect
        148 F000 F860 bl wait
        14C E7E3      b 1b
        14E BDF0      4: pop {r4, r5, r6, r7, pc}
        @ RP(address, data, count): pages of 256 bytes
        150 B5F0      program: push {r4, r5, r6, r7, lr}
        152 0004      movs r4, r0
        154 000D      movs r5, r1
        156 1886      adds r6, r0, r2 @ end
        158 42B4      1: cmp r4, r6
        15A D222      bhs 4f
        15C 2002      movs r0, #2
        15E 0021      movs r1, r4
        160 F000 F83D bl write_enable
        164 F000 F834 bl select
        168 F000 F842 bl command
        16C 483B      ldr r0, =0x18000000
        16E 2101      movs r1, #1
        170 0209      lsls r1, r1, #8
        172 000A      movs r2, r1 @ r1 bytes to send, r2 to come back, never more than 8 on their way
        174 1A53      2: subs r3, r2, r1
        176 2B08      cmp r3, #8
        178 D205      bhs 3f
        17A 2900      cmp r1, #0
        17C D003      beq 3f
        17E 782B      ldrb r3, [r5]
        180 3501      adds r5, #1
        182 6603      str r3, [r0, #0x60] @ DR0
        184 3901      subs r1, #1
        186 6A43      3: ldr r3, [r0, #0x24] @ RXFLR
        188 2B00      cmp r3, #0
        18A D0F3      beq 2b
        18C 6E03      ldr r3, [r0, #0x60]
        18E 3A01      subs r2, #1
        190 D1F0      bne 2b
        192 F000 F81F bl deselect
        196 F000 F839 bl wait
        19A 2001      movs r0, #1
        19C 0200      lsls r0, r0, #8
        19E 1824      adds r4, r4, r0
        1A0 E7DA      b 1b
        1A2 BDF0      4: pop {r4, r5, r6, r7, pc}
        @ FC: forget what is cached; chip select is the controller's again
        1A4 482F      flush: ldr r0, =0x14000000 @ XIP_CTRL.FLUSH; a read waits for its end
        1A6 2101      movs r1, #1
        1A8 6041      str r1, [r0, #4]
        1AA 6841      ldr r1, [r0, #4]
        1AC 2100      movs r1, #0
        1AE 482E      ldr r0, =0x4001800c
        1B0 6001      str r1, [r0]
        1B2 4770      bx lr
        @ CX: reads of the flash's window become command 03h with 24 bits of address
        1B4 4829      enter_xip: ldr r0, =0x18000000
        1B6 2100      movs r1, #0
        1B8 6081      str r1, [r0, #8]
        1BA 6041      str r1, [r0, #4]
        1BC 492B      ldr r1, =0x001f0300 @ CTRLR0: words, EEPROM read
        1BE 6001      str r1, [r0]
        1C0 30F4      adds r0, #0xf4
        1C2 492B      ldr r1, =0x03000218 @ SPI_CTRLR0
        1C4 6001      str r1, [r0]
        1C6 38F4      subs r0, #0xf4
        1C8 2101      movs r1, #1
        1CA 6101      str r1, [r0, #16]
        1CC 6081      str r1, [r0, #8]
        1CE 4770      bx lr
        @ chip select by the pin's override: IO_QSPI.SS_CTRL.OUTOVER 2 is low, 3 high. Keep r0 and r1
        1D0 2202      select: movs r2, #2
        1D2 E000      b 1f
        1D4 2203      deselect: movs r2, #3
        1D6 0212      1: lsls r2, r2, #8
        1D8 4B23      ldr r3, =0x4001800c
        1DA 601A      str r2, [r3]
        1DC 4770      bx lr
        1DE B503      write_enable: push {r0, r1, lr}
        1E0 F7FF FFF6 bl select
        1E4 2006      movs r0, #6
        1E6 F000 F820 bl exchange
        1EA F7FF FFF3 bl deselect
        1EE BD03      pop {r0, r1, pc}
        @ command in r0, 24 bits of address in r1
        1F0 B510      command: push {r4, lr}
        1F2 000C      movs r4, r1
        1F4 F000 F819 bl exchange
        1F8 0C20      lsrs r0, r4, #16
        1FA F000 F816 bl exchange
        1FE 0A20      lsrs r0, r4, #8
        200 F000 F813 bl exchange
        204 0020      movs r0, r4
        206 F000 F810 bl exchange
        20A BD10      pop {r4, pc}
        20C B500      wait: push {lr}
        20E F7FF FFDF 1: bl select
        212 2005      movs r0, #5 @ status register 1
        214 F000 F809 bl exchange
        218 F000 F807 bl exchange
        21C B401      push {r0}
        21E F7FF FFD9 bl deselect
        222 BC01      pop {r0}
        224 07C0      lsls r0, r0, #31
        226 D1F2      bne 1b
        228 BD00      pop {pc}
        @ one byte each way in r0
        22A 4B0C      exchange: ldr r3, =0x18000000
        22C B2C0      uxtb r0, r0
        22E 6618      str r0, [r3, #0x60]
        230 6A5A      1: ldr r2, [r3, #0x24]
        232 2A00      cmp r2, #0
        234 D0FC      beq 1b
        236 6E18      ldr r0, [r3, #0x60]
        238 4770      bx lr
        23A 46C0      nop
        23C 0000 D000 .word 0xd0000000
        240 4008 4006 .word 0x40064008
        244 1F00 2004 .word 0x20041f00
        248 1DB7 04C1 .word 0x04c11db7
        24C F000 4000 .word 0x4000f000
        250 0240 0000 .word 0x00000240
        254 C000 4000 .word 0x4000c000
        258 8000 4001 .word 0x40018000
        25C 0000 1800 .word 0x18000000
        260 1000 0000 .word 0x00001000
        264 0000 1400 .word 0x14000000
        268 800C 4001 .word 0x4001800c
        26C 0300 001F .word 0x001f0300
        270 0218 0300 .word 0x03000218
        274 4649      functions: .ascii "IF"
        276 00B9      .hword connect + 1
        278 5845      .ascii "EX"
        27A 00F1      .hword exit_xip + 1
        27C 4552      .ascii "RE"
        27E 010D      .hword erase + 1
        280 5052      .ascii "RP"
        282 0151      .hword program + 1
        284 4346      .ascii "FC"
        286 01A5      .hword flush + 1
        288 5843      .ascii "CX"
        28A 01B5      .hword enter_xip + 1
        28C 5444      .ascii "DT"
        28E 0035      .hword trampoline + 1
        290 4544      .ascii "DE"
        292 0037      .hword trampoline_end + 1
        294 4255      .ascii "UB"
        296 0093      .hword asleep + 1 @ the vendor's becomes a USB device
        298 0000      data: .hword 0
        """;

    public static void WriteTo(Span<byte> rom) => RomListing.WriteTo(rom, Listing);
}
