namespace SharpProbe.Sim.Qemu;

/// <summary>
/// The handler of every exception that a test raises on purpose. The cells at <see cref="TestLayout.Cells"/> hold where to go on (0: not expected, stop),
/// where the log ends, and whether to use the FPU. It logs what exception entry did, clears the fault status, makes thread mode privileged, and
/// returns to where it was told, with ITSTATE clear and T set.
/// </summary>
internal static class ExceptionHandler
{
    /// <summary>What a record of the log holds, a word each.</summary>
    public static readonly string[] Record =
    [
        "IPSR", "EXC_RETURN", "frame", "stacked R0", "stacked R1", "stacked R2", "stacked R3", "stacked R12", "stacked LR", "stacked PC", "stacked xPSR",
        "CFSR", "HFSR", "ICSR", "SHCSR", "CONTROL", "BFAR if valid", "MMFAR if valid", "FPCCR", "FPCAR if LSPACT", "FPSCR or 0", "FPCCR after use",
    ];

    public static byte[] Code
    {
        get
        {
            var writer = new BlockWriter(TestLayout.Handler);
            foreach (var (opcode, text) in Listing) writer.Emit("", opcode, text);
            return writer.Code;
        }
    }

    private static readonly (uint Opcode, string Text)[] Listing =
    [
        (0xF644_0000, "movw r0, #18432"),
        (0xF2C2_0001, "movt r0, #8193"),
        (0x6801, "ldr r1, [r0, #0]"),
        (0x2900, "cmp r1, #0"),
        (0xD05D, "beq.n unexpected"),
        (0x2200, "movs r2, #0"),
        (0x6002, "str r2, [r0, #0]"),
        (0x6843, "ldr r3, [r0, #4]"),
        (0xF01E_0F04, "tst.w lr, #4"),
        (0xBF0C, "ite eq"),
        (0xF3EF_8208, "mrseq r2, MSP"),
        (0xF3EF_8209, "mrsne r2, PSP"),
        (0x4694, "mov ip, r2"),
        (0xE92D_0FF0, "stmdb sp!, {r4, r5, r6, r7, r8, r9, sl, fp}"),
        (0xF3EF_8405, "mrs r4, IPSR"),
        (0x4675, "mov r5, lr"),
        (0x4666, "mov r6, ip"),
        (0xC370, "stmia r3!, {r4, r5, r6}"),
        (0xE89C_0FF0, "ldmia.w ip, {r4, r5, r6, r7, r8, r9, sl, fp}"),
        (0xE8A3_0FF0, "stmia.w r3!, {r4, r5, r6, r7, r8, r9, sl, fp}"),
        (0xF8CC_1018, "str.w r1, [ip, #24]"),
        (0xF02B_6BC0, "bic.w fp, fp, #100663296"),
        (0xF42B_4B7C, "bic.w fp, fp, #64512"),
        (0xF04B_7B80, "orr.w fp, fp, #16777216"),
        (0xF8CC_B01C, "str.w fp, [ip, #28]"),
        (0xF64E_5400, "movw r4, #60672"),
        (0xF2CE_0400, "movt r4, #57344"),
        (0x6AA5, "ldr r5, [r4, #40]"),
        (0x6AE6, "ldr r6, [r4, #44]"),
        (0x6867, "ldr r7, [r4, #4]"),
        (0xF8D4_8024, "ldr.w r8, [r4, #36]"),
        (0xF3EF_8914, "mrs r9, CONTROL"),
        (0x042A, "lsls r2, r5, #16"),
        (0xBF4C, "ite mi"),
        (0xF8D4_A038, "ldrmi.w sl, [r4, #56]"),
        (0xF04F_0A00, "movpl.w sl, #0"),
        (0xF015_0F80, "tst.w r5, #128"),
        (0xBF14, "ite ne"),
        (0xF8D4_B034, "ldrne.w fp, [r4, #52]"),
        (0xF04F_0B00, "moveq.w fp, #0"),
        (0xE8A3_0FE0, "stmia.w r3!, {r5, r6, r7, r8, r9, sl, fp}"),
        (0x62A5, "str r5, [r4, #40]"),
        (0x62E6, "str r6, [r4, #44]"),
        (0xF64E_7434, "movw r4, #61236"),
        (0x6825, "ldr r5, [r4, #0]"),
        (0x2600, "movs r6, #0"),
        (0xF015_0F01, "tst.w r5, #1"),
        (0xBF18, "it ne"),
        (0x6866, "ldrne r6, [r4, #4]"),
        (0xC360, "stmia r3!, {r5, r6}"),
        (0x6885, "ldr r5, [r0, #8]"),
        (0xB125, "cbz r5, nofloat"),
        (0xEE30_0A81, "vadd.f32 s0, s1, s2"),
        (0xEEF1_5A10, "vmrs r5, fpscr"),
        (0x6826, "ldr r6, [r4, #0]"),
        (0xC360, "stmia r3!, {r5, r6}"),
        (0xF3EF_8514, "mrs r5, CONTROL"),
        (0xF025_0501, "bic.w r5, r5, #1"),
        (0xF385_8814, "msr CONTROL, r5"),
        (0xF245_7500, "movw r5, #22272"),
        (0xF2C2_0501, "movt r5, #8193"),
        (0x42AB, "cmp r3, r5"),
        (0xBF38, "it cc"),
        (0x6043, "strcc r3, [r0, #4]"),
        (0xE8BD_0FF0, "ldmia.w sp!, {r4, r5, r6, r7, r8, r9, sl, fp}"),
        (0x4770, "bx lr"),
        (0xBF00, "nop"),
        (0xE7FE, "b.n unexpected"),
    ];
}
