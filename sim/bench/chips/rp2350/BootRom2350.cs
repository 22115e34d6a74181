using SharpProbe.Sim.Chips.Rp2040;

namespace SharpProbe.Sim.Chips.Rp2350;

/// <summary>
/// A small boot ROM of our own with the public interface of the vendor's (RP2350 datasheet 5.4): magic and pointers at 0x10, one table of functions and data with flags, two lookup functions, and what flash
/// drivers call: IF, EX, RE, RP, FC, CX, RA, SR; RB, which only sleeps. Like the vendor's it uses the redundancy coprocessor, which core 0 must have given its salt. At reset core 0 starts the
/// program in flash when an image definition is in its first 4 KB (5.9.5), at the vectors at its beginning; else it sleeps (the vendor's becomes a USB device then). Core 1 waits for the salt, then sleeps.
/// </summary>
public static class BootRom2350
{
    public const uint Size = 32 * 1024;

    /// <summary>Address, half-words, instruction (GNU as, Cortex-M33).</summary>
    private const string Listing = """
        0000 0000 F000 vectors: .word 0xf0000000 @ no stack: neither core has one before it sets its own
        0004 0063 0000 .word reset + 1
        0008 0061 0000 .word stuck + 1 @ NMI
        000C 0061 0000 .word stuck + 1 @ HardFault
        0010 754D 0202 .byte 'M', 'u', 2, 2 @ magic, version
        0014 7C00      .hword table
        0016 0051      .hword lookup_val + 1
        0018 001D      .hword lookup_entry + 1
        001A 0000      .hword 0
        @ lookup_entry(code, flags): where the first entry has its value for one of these flags, or 0
        001C 4684      lookup_entry: mov ip, r0
        001E 4BA7      ldr r3, =table
        0020 8818      1: ldrh r0, [r3]
        0022 B190      cbz r0, 6f
        0024 885A      ldrh r2, [r3, #2]
        0026 3304      adds r3, #4
        0028 4560      cmp r0, ip
        002A D101      bne 2f
        002C 420A      tst r2, r1
        002E D105      bne 4f
        0030 0852      2: lsrs r2, r2, #1 @ a half-word for each flag
        0032 D300      bcc 3f
        0034 3302      adds r3, #2
        0036 2A00      3: cmp r2, #0
        0038 D1FA      bne 2b
        003A E7F1      b 1b
        003C 4011      4: ands r1, r2
        003E 0849      5: lsrs r1, r1, #1
        0040 D204      bcs 7f
        0042 0852      lsrs r2, r2, #1
        0044 D3FB      bcc 5b
        0046 3302      adds r3, #2
        0048 E7F9      b 5b
        004A 4770      6: bx lr
        004C 4618      7: mov r0, r3
        004E 4770      bx lr
        @ lookup_val(code, flags): the value itself, or 0
        0050 B510      lookup_val: push {r4, lr}
        0052 EE10 C731 mrc p7, #0, ip, c0, c1, #1
        0056 F7FF FFE1 bl lookup_entry
        005A B100      cbz r0, 1f
        005C 8800      ldrh r0, [r0]
        005E BD10      1: pop {r4, pc}
        0060 E7FE      stuck: b stuck
        @ reset: core 1 waits, core 0 starts the program in flash where there is one
        0062 4897      reset: ldr r0, =0xe000ed88 @ CPACR: the redundancy coprocessor
        0064 F24C 0100 movw r1, #0xc000
        0068 6001      str r1, [r0]
        006A F04F 4050 ldr r0, =0xd0000000 @ SIO.CPUID
        006E 6800      ldr r0, [r0]
        0070 B130      cbz r0, 3f
        0072 EE30 F710 1: mrc p7, #1, apsr_nzcv, c0, c0, #0
        0076 D401      bmi 2f
        0078 BF20      wfe
        007A E7FA      b 1b
        007C BF20      2: wfe @ the vendor's takes where to start from the FIFO
        007E E7FD      b 2b
        0080 4890      3: ldr r0, =0x400e0000 @ boot RAM
        0082 F380 880A msr msplim, r0
        0086 F500 6080 add r0, r0, #0x400
        008A 4685      mov sp, r0
        008C 488E      ldr r0, =0x4010002c @ POWMAN.CHIP_RESET: RESCUE_FLAG
        008E 6801      ldr r1, [r0]
        0090 06C9      lsls r1, r1, #27
        0092 D502      bpl 4f
        0094 498D      ldr r1, =0x5afe0010
        0096 6001      str r1, [r0]
        0098 E02C      b asleep
        009A EE30 F710 4: mrc p7, #1, apsr_nzcv, c0, c0, #0
        009E D405      bmi 5f
        00A0 488B      ldr r0, =0x3c5a9669 @ the vendor's is random
        00A2 EC40 0780 mcrr p7, #8, r0, r0, c0
        00A6 EC40 0781 mcrr p7, #8, r0, r0, c1
        00AA BF40      sev
        00AC F000 F825 5: bl connect
        00B0 F000 F84C bl exit_xip
        00B4 F04F 5080 ldr r0, =0x10000000 @ an image definition in the first 4 KB
        00B8 4986      ldr r1, =0xffffded3
        00BA F500 5280 add r2, r0, #4096
        00BE 6803      6: ldr r3, [r0]
        00C0 428B      cmp r3, r1
        00C2 D003      beq 7f
        00C4 3004      adds r0, #4
        00C6 4290      cmp r0, r2
        00C8 D1F9      bne 6b
        00CA E013      b asleep
        00CC 4982      7: ldr r1, =0x10210142 @ executable, secure, Arm, RP2350
        00CE 6843      ldr r3, [r0, #4]
        00D0 428B      cmp r3, r1
        00D2 D10F      bne asleep
        00D4 4981      ldr r1, =0xab123579
        00D6 6903      ldr r3, [r0, #16]
        00D8 428B      cmp r3, r1
        00DA D10B      bne asleep
        00DC F04F 5080 ldr r0, =0x10000000
        00E0 497F      ldr r1, =0xe000ed08 @ VTOR
        00E2 6008      str r0, [r1]
        00E4 2200      movs r2, #0
        00E6 F382 880A msr msplim, r2
        00EA 6801      ldr r1, [r0]
        00EC F381 8808 msr msp, r1
        00F0 6841      ldr r1, [r0, #4]
        00F2 4708      bx r1
        00F4 B672      asleep: cpsid i
        00F6 BF30      1: wfi
        00F8 E7FD      b 1b
        @ IF: pads and pins to the flash
        00FA EE10 C731 connect: mrc p7, #0, ip, c0, c1, #1
        00FE 4879      ldr r0, =0x40023000 @ RESETS.RESET, clear alias; then RESET_DONE
        0100 F44F 6190 mov r1, #0x480 @ IO_QSPI, PADS_QSPI
        0104 6001      str r1, [r0]
        0106 4878      ldr r0, =0x40020000
        0108 6882      1: ldr r2, [r0, #8]
        010A 400A      ands r2, r1
        010C 428A      cmp r2, r1
        010E D1FB      bne 1b
        0110 4876      ldr r0, =0x40040000 @ PADS_QSPI: as after reset, but not isolated
        0112 2156      movs r1, #0x56
        0114 6041      str r1, [r0, #4]
        0116 6081      str r1, [r0, #8]
        0118 60C1      str r1, [r0, #12]
        011A 215A      movs r1, #0x5a
        011C 6101      str r1, [r0, #16]
        011E 6141      str r1, [r0, #20]
        0120 6181      str r1, [r0, #24]
        0122 4873      ldr r0, =0x40030000 @ IO_QSPI: function 0 and no override on six pins
        0124 2100      movs r1, #0
        0126 6141      str r1, [r0, #0x14]
        0128 61C1      str r1, [r0, #0x1c]
        012A 6241      str r1, [r0, #0x24]
        012C 62C1      str r1, [r0, #0x2c]
        012E 6341      str r1, [r0, #0x34]
        0130 63C1      str r1, [r0, #0x3c]
        0132 4770      bx lr
        @ CX: reads of the window become command 03h at a twelfth of the clock
        0134 EE10 C731 enter_xip: mrc p7, #0, ip, c0, c1, #1
        0138 486E      ldr r0, =0x400d0000 @ QMI
        013A 496F      ldr r1, =0x4000000c
        013C 60C1      str r1, [r0, #0xc] @ M0_TIMING
        013E F44F 5180 mov r1, #0x1000
        0142 6101      str r1, [r0, #0x10] @ M0_RFMT
        0144 F24A 0103 movw r1, #0xa003
        0148 6141      str r1, [r0, #0x14] @ M0_RCMD
        014A 4770      bx lr
        @ EX: the same, direct mode as slow, and out of a continuous read with ones
        014C B510      exit_xip: push {r4, lr}
        014E F7FF FFF1 bl enter_xip
        0152 F04F 7140 ldr r1, =0x03000000 @ DIRECT_CSR.CLKDIV = 12
        0156 6001      str r1, [r0]
        0158 F000 F877 bl select
        015C 2408      movs r4, #8
        015E 20FF      1: movs r0, #255
        0160 F000 F8A4 bl exchange
        0164 3C01      subs r4, #1
        0166 D1FA      bne 1b
        0168 F000 F873 bl deselect
        016C BD10      pop {r4, pc}
        @ RE(address, count, block size, block command): blocks where they fit, else sectors of 4 KB
        016E B5F0      erase: push {r4, r5, r6, r7, lr}
        0170 EE10 C731 mrc p7, #0, ip, c0, c1, #1
        0174 4604      mov r4, r0
        0176 1845      adds r5, r0, r1 @ end
        0178 4616      mov r6, r2
        017A 461F      mov r7, r3
        017C 42AC      1: cmp r4, r5
        017E D219      bhs 4f
        0180 1E70      subs r0, r6, #1
        0182 D308      bcc 2f @ no block size
        0184 4204      tst r4, r0
        0186 D106      bne 2f
        0188 1B28      subs r0, r5, r4
        018A 42B0      cmp r0, r6
        018C D303      blo 2f
        018E 4638      mov r0, r7
        0190 4621      mov r1, r4
        0192 4434      add r4, r6
        0194 E003      b 3f
        0196 2020      2: movs r0, #0x20
        0198 4621      mov r1, r4
        019A F504 5480 add r4, r4, #4096
        019E F000 F860 3: bl write_enable
        01A2 F000 F852 bl select
        01A6 F000 F865 bl command
        01AA F000 F852 bl deselect
        01AE F000 F86F bl wait
        01B2 E7E3      b 1b
        01B4 BDF0      4: pop {r4, r5, r6, r7, pc}
        @ RP(address, data, count): pages of 256 bytes
        01B6 B5F0      program: push {r4, r5, r6, r7, lr}
        01B8 EE10 C731 mrc p7, #0, ip, c0, c1, #1
        01BC 4604      mov r4, r0
        01BE 460D      mov r5, r1
        01C0 1886      adds r6, r0, r2 @ end
        01C2 42B4      1: cmp r4, r6
        01C4 D21F      bhs 6f
        01C6 2002      movs r0, #2
        01C8 4621      mov r1, r4
        01CA F000 F84A bl write_enable
        01CE F000 F83C bl select
        01D2 F000 F84F bl command
        01D6 4847      ldr r0, =0x400d0000
        01D8 F44F 7180 mov r1, #256 @ r1 bytes to send, r2 to come back
        01DC 460A      mov r2, r1
        01DE 6803      2: ldr r3, [r0]
        01E0 B129      cbz r1, 3f
        01E2 055F      lsls r7, r3, #21 @ TXFULL
        01E4 D403      bmi 3f
        01E6 F815 7B01 ldrb r7, [r5], #1
        01EA 6047      str r7, [r0, #4] @ DIRECT_TX
        01EC 3901      subs r1, #1
        01EE 03DF      3: lsls r7, r3, #15 @ RXEMPTY
        01F0 D4F5      bmi 2b
        01F2 6887      ldr r7, [r0, #8] @ DIRECT_RX
        01F4 3A01      subs r2, #1
        01F6 D1F2      bne 2b
        01F8 F000 F82B bl deselect
        01FC F000 F848 bl wait
        0200 F504 7480 add r4, r4, #256
        0204 E7DD      b 1b
        0206 BDF0      6: pop {r4, r5, r6, r7, pc}
        @ FC: every line of the cache is made invalid by set and way
        0208 EE10 C731 flush: mrc p7, #0, ip, c0, c1, #1
        020C F04F 50C0 mov r0, #0x18000000
        0210 F500 4180 add r1, r0, #0x4000
        0214 2200      movs r2, #0
        0216 F840 2B08 1: str r2, [r0], #8
        021A 4288      cmp r0, r1
        021C D1FB      bne 1b
        021E 4770      bx lr
        @ RA: addresses of the window are those of the flash
        0220 EE10 C731 reset_translation: mrc p7, #0, ip, c0, c1, #1
        0224 4835      ldr r0, =0x400d0034 @ QMI.ATRANS0
        0226 F04F 6180 mov r1, #0x04000000
        022A 2208      movs r2, #8
        022C F840 1B04 1: str r1, [r0], #4
        0230 F501 6180 add r1, r1, #0x400
        0234 F421 5180 bic r1, r1, #0x1000
        0238 3A01      subs r2, #1
        023A D1F7      bne 1b
        023C 4770      bx lr
        @ SR(flags): nothing is kept here
        023E EE10 C731 reset_state: mrc p7, #0, ip, c0, c1, #1
        0242 4770      bx lr
        @ RB(flags, delay, p0, p1): the vendor's starts anew, as a USB device if it is told so
        0244 EE10 C731 reboot: mrc p7, #0, ip, c0, c1, #1
        0248 E754      b asleep
        @ chip select and direct mode by the set and clear aliases of DIRECT_CSR; r0 and r1 are kept
        024A 4B2D      select: ldr r3, =0x400d2000
        024C 2205      movs r2, #5
        024E 601A      str r2, [r3]
        0250 4770      bx lr
        0252 4B28      deselect: ldr r3, =0x400d0000
        0254 681A      1: ldr r2, [r3]
        0256 0792      lsls r2, r2, #30 @ BUSY
        0258 D4FC      bmi 1b
        025A 4B2A      ldr r3, =0x400d3000
        025C 2205      movs r2, #5
        025E 601A      str r2, [r3]
        0260 4770      bx lr
        0262 B503      write_enable: push {r0, r1, lr}
        0264 F7FF FFF1 bl select
        0268 2006      movs r0, #6
        026A F000 F81F bl exchange
        026E F7FF FFF0 bl deselect
        0272 BD03      pop {r0, r1, pc}
        @ command in r0, 24 bits of address in r1
        0274 B510      command: push {r4, lr}
        0276 460C      mov r4, r1
        0278 F000 F818 bl exchange
        027C 0C20      lsrs r0, r4, #16
        027E F000 F815 bl exchange
        0282 0A20      lsrs r0, r4, #8
        0284 F000 F812 bl exchange
        0288 4620      mov r0, r4
        028A F000 F80F bl exchange
        028E BD10      pop {r4, pc}
        0290 B510      wait: push {r4, lr}
        0292 F7FF FFDA 1: bl select
        0296 2005      movs r0, #5 @ status register 1
        0298 F000 F808 bl exchange
        029C F000 F806 bl exchange
        02A0 4604      mov r4, r0
        02A2 F7FF FFD6 bl deselect
        02A6 07E4      lsls r4, r4, #31
        02A8 D4F3      bmi 1b
        02AA BD10      pop {r4, pc}
        @ one byte each way in r0
        02AC 4B11      exchange: ldr r3, =0x400d0000
        02AE B2C0      uxtb r0, r0
        02B0 6058      str r0, [r3, #4]
        02B2 681A      1: ldr r2, [r3]
        02B4 03D2      lsls r2, r2, #15 @ RXEMPTY
        02B6 D4FC      bmi 1b
        02B8 6898      ldr r0, [r3, #8]
        02BA 4770      bx lr
        02BC 7C00 0000 .word 0x00007c00
        02C0 ED88 E000 .word 0xe000ed88
        02C4 0000 400E .word 0x400e0000
        02C8 002C 4010 .word 0x4010002c
        02CC 0010 5AFE .word 0x5afe0010
        02D0 9669 3C5A .word 0x3c5a9669
        02D4 DED3 FFFF .word 0xffffded3
        02D8 0142 1021 .word 0x10210142
        02DC 3579 AB12 .word 0xab123579
        02E0 ED08 E000 .word 0xe000ed08
        02E4 3000 4002 .word 0x40023000
        02E8 0000 4002 .word 0x40020000
        02EC 0000 4004 .word 0x40040000
        02F0 0000 4003 .word 0x40030000
        02F4 0000 400D .word 0x400d0000
        02F8 000C 4000 .word 0x4000000c
        02FC 0034 400D .word 0x400d0034
        0300 2000 400D .word 0x400d2000
        0304 3000 400D .word 0x400d3000
        @ code, flags, a half-word for each flag: 1 and 2 RISC-V (jumps; here 0), 4 Arm, 16 Arm non-secure, 0x40 data
        7C00 5845      table: .ascii "EX"
        7C02 0007 0000 .hword 7, 0, 0, exit_xip + 1
        7C06 0000 014D
        7C0A 4649      .ascii "IF"
        7C0C 0007 0000 .hword 7, 0, 0, connect + 1
        7C10 0000 00FB
        7C14 4552      .ascii "RE"
        7C16 0007 0000 .hword 7, 0, 0, erase + 1
        7C1A 0000 016F
        7C1E 5052      .ascii "RP"
        7C20 0007 0000 .hword 7, 0, 0, program + 1
        7C24 0000 01B7
        7C28 5247      .ascii "GR"
        7C2A 0040 0010 .hword 0x40, 0x10
        7C2E 4346      .ascii "FC"
        7C30 0005 0000 .hword 5, 0, flush + 1
        7C34 0209
        7C36 4252      .ascii "RB"
        7C38 0017 0000 .hword 0x17, 0, 0, reboot + 1, reboot + 1
        7C3C 0000 0245
        7C40 0245
        7C42 5843      .ascii "CX"
        7C44 0007 0000 .hword 7, 0, 0, enter_xip + 1
        7C48 0000 0135
        7C4C 5253      .ascii "SR"
        7C4E 0007 0000 .hword 7, 0, 0, reset_state + 1
        7C52 0000 023F
        7C56 4152      .ascii "RA"
        7C58 0007 0000 .hword 7, 0, 0, reset_translation + 1
        7C5C 0000 0221
        7C60 0000      .hword 0
        7DF6 7C00      .hword table
        7DF8 0000      .hword 0
        7DFA 0000      .hword 0
        """;

    public static void WriteTo(Span<byte> rom) => RomListing.WriteTo(rom, Listing);
}
