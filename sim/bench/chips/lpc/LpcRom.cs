using System.Buffers.Binary;
using System.Globalization;

namespace SharpProbe.Sim.Chips.Lpc;

/// <summary>
/// A small boot ROM of our own with the public interface of NXP's: vectors that are also at address 0 until flash is put there, the start of a program whose vectors have the right checksum
/// (UM10360 32.3.1.1), and the entry of IAP at its offset 0x1FF0. What IAP does is in <see cref="Iap"/>. The serial loader of the vendor's is an endless loop here.
/// </summary>
public static class LpcRom
{
    public const uint Size = 8 * 1024, EngineOffset = 0x4000;

    /// <summary>Offset of IAP's first instruction, in most parts.</summary>
    public const int Entry = 0x1FF0;

    /// <summary>Where UM10503 47.8 has a pointer to it.</summary>
    private const int EntryPointer = 0x100;

    /// <summary>Bytes that are seen at address 0 until software says otherwise.</summary>
    public const int Window = 64;

    private const int Reset = 0x1F00, Stuck = 0x1F26, Iap = 0x1F28, Literals = 0x1F48;
    private const uint LoadAndJump = 0x4718_4B00;         // LDR r3, [pc, #0]; BX r3

    /// <summary>Address, half-words, instruction (GNU as, Cortex-M0).</summary>
    private const string Listing = """
        @ reset: flash goes to address 0, and its program starts where the sum of its first eight words is 0; else the loader waits
        1F00 4C11      reset: ldr r4, =0x40000000 @ the remap register
        1F02 4D12      ldr r5, =0x11111111 @ its value for flash
        1F04 6025      str r5, [r4]
        1F06 2100      movs r1, #0
        1F08 2200      movs r2, #0
        1F0A 680B      1: ldr r3, [r1]
        1F0C 18D2      adds r2, r3
        1F0E 3104      adds r1, #4
        1F10 2920      cmp r1, #32
        1F12 D1FA      bne 1b
        1F14 2A00      cmp r2, #0
        1F16 D104      bne loader
        1F18 2100      movs r1, #0
        1F1A 6808      ldr r0, [r1]
        1F1C 4685      mov sp, r0
        1F1E 6848      ldr r0, [r1, #4]
        1F20 4700      bx r0
        1F22 2500      loader: movs r5, #0
        1F24 6025      str r5, [r4]
        1F26 E7FE      stuck: b stuck
        @ IAP: words of the command at r0, of the result at r1. 112 bytes of stack
        1F28 B570      iap: push {r4, r5, r6, lr}
        1F2A B098      sub sp, #96
        1F2C 4B08      ldr r3, =0x22222222 @ the flash engine
        1F2E 2460      movs r4, #96
        1F30 466D      mov r5, sp
        1F32 3C04      2: subs r4, #4
        1F34 512B      str r3, [r5, r4]
        1F36 D1FC      bne 2b
        1F38 6018      str r0, [r3]
        1F3A 6059      str r1, [r3, #4]
        1F3C 689A      3: ldr r2, [r3, #8]
        1F3E 2A00      cmp r2, #0
        1F40 D1FC      bne 3b
        1F42 B018      add sp, #96
        1F44 BD70      pop {r4, r5, r6, pc}
        1F46 46C0      nop
        1FF0 E79A 46C0 entry: b iap
        """;

    /// <param name="rom">Where it goes.</param>
    /// <param name="address">Of its first byte.</param>
    /// <param name="stack">Initial stack pointer.</param>
    /// <param name="remap">Address of the register that puts flash at 0.</param>
    /// <param name="flash">Its value for that.</param>
    /// <param name="entry">Offset of IAP's first instruction.</param>
    public static void WriteTo(Span<byte> rom, uint address, uint stack, uint remap, uint flash, int entry)
    {
        for (int n = 1; n < Window / 4; n++) Word(rom, n * 4, address + Stuck + 1);
        Word(rom, 0, stack);
        Word(rom, 4, address + Reset + 1);
        foreach (string row in Listing.Split('\n', StringSplitOptions.TrimEntries))
            if (!row.StartsWith('@')) BinaryPrimitives.WriteUInt16LittleEndian(rom[Hex(row[..4])..], (ushort)Hex(row[5..9]));
        Word(rom, EntryPointer, address + (uint)entry + 1);
        if (entry != Entry)
        {
            Word(rom, entry, LoadAndJump);
            Word(rom, entry + 4, address + Iap + 1);
        }
        Word(rom, Literals, remap);
        Word(rom, Literals + 4, flash);
        Word(rom, Literals + 8, address + EngineOffset);
    }

    private static void Word(Span<byte> rom, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(rom[at..], value);

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber);
}
