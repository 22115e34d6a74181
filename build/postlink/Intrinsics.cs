namespace SharpProbe.Build.PostLink;

/// <summary>
/// What is written over a call, in half-words: arguments in r0 and r1, result in r0, r2 and r3 free, as after any call (AAPCS32, 6.1.1).
/// Encodings: ARMv7-M ARM (DDI 0403E), A7.7 and B5.2. The names are those of the imports in zerolib.
/// </summary>
static class Intrinsics
{
    public static readonly Dictionary<string, ushort[]> Table = new()
    {
        ["__intrinsic_dsb"] = [0xF3BF, 0x8F4F],
        ["__intrinsic_dmb"] = [0xF3BF, 0x8F5F],
        ["__intrinsic_isb"] = [0xF3BF, 0x8F6F],
        ["__intrinsic_wfi"] = [0xBF30],
        ["__intrinsic_wfe"] = [0xBF20],
        ["__intrinsic_nop"] = [0xBF00],
        ["__intrinsic_cpsid_i"] = [0xB672],
        ["__intrinsic_cpsie_i"] = [0xB662],
        ["__intrinsic_cpsid_f"] = [0xB671],
        ["__intrinsic_cpsie_f"] = [0xB661],
        ["__intrinsic_mrs_msp"] = [0xF3EF, 0x8008],
        ["__intrinsic_msr_msp"] = [0xF380, 0x8808],
        ["__intrinsic_mrs_psp"] = [0xF3EF, 0x8009],
        ["__intrinsic_msr_psp"] = [0xF380, 0x8809],
        ["__intrinsic_mrs_primask"] = [0xF3EF, 0x8010],
        ["__intrinsic_msr_primask"] = [0xF380, 0x8810],
        ["__intrinsic_mrs_basepri"] = [0xF3EF, 0x8011],
        ["__intrinsic_msr_basepri"] = [0xF380, 0x8811],
        ["__intrinsic_mrs_control"] = [0xF3EF, 0x8014],
        ["__intrinsic_msr_control"] = [0xF380, 0x8814],
        ["__intrinsic_start"] = [0xF380, 0x8808, 0x4708],                 // msr msp, r0; bx r1
        ["__intrinsic_bkpt"] = [0xBE00],
        ["__intrinsic_semihost"] = [0xBEAB],
        ["__intrinsic_rbit"] = [0xFA90, 0xF0A0],
        ["__intrinsic_rev"] = [0xBA00],
        ["__intrinsic_clz"] = [0xFAB0, 0xF080],
        ["__intrinsic_sdiv"] = [0xFB90, 0xF0F1],
        ["__intrinsic_udiv"] = [0xFBB0, 0xF0F1],
        ["__intrinsic_smod"] = [0xFB90, 0xF2F1, 0xFB02, 0x0011],          // sdiv r2, r0, r1; mls r0, r2, r1, r0
        ["__intrinsic_umod"] = [0xFBB0, 0xF2F1, 0xFB02, 0x0011],          // udiv r2, r0, r1; mls r0, r2, r1, r0
        ["RhpAssignRef"] = [0x6001],                                      // str r1, [r0]: no collector, so no card to mark
        ["RhpCheckedAssignRef"] = [0x6001],
        ["RhpByRefAssignRef"] = [0xF851, 0x2B04, 0xF840, 0x2B04],         // ldr r2, [r1], #4; str r2, [r0], #4
        ["RhpReversePInvoke"] = [],                                       // no thread to attach
        ["RhpReversePInvokeReturn"] = [],
    };
}
