using SharpProbe.Adi;
using SharpProbe.Target;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Tests.Debugging;

/// <summary>A loader whose "flash" is RAM: the routine copies words there, and refuses zeros (status 7) and never returns from 0xDEADBEEF.</summary>
sealed class CopyLoader(BenchTarget bench) : RamLoader(bench.Clock)
{
    public override int Unit => 16;

    protected override uint LargestBuffer => 256;

    protected override uint BufferTimeout => 20;

    protected override ReadOnlySpan<ushort> Routine =>
    [
        0x681F,             // 00        ldr r7, [r3]           parameter 0
        0xC908,             // 02 next:  ldmia r1!, {r3}
        0x2B00,             // 04        cmp r3, #0
        0xD006,             // 06        beq zero
        0x42BB,             // 08 hang:  cmp r3, r7
        0xD0FD,             // 0A        beq hang
        0xC008,             // 0C        stmia r0!, {r3}
        0x3A04,             // 0E        subs r2, #4
        0xD1F7,             // 10        bne next
        0x2000,             // 12        movs r0, #0
        0x4770,             // 14        bx lr
        0x2007,             // 16 zero:  movs r0, #7
        0x4770,             // 18        bx lr
    ];

    protected override void FillParameters(Span<uint> parameters) => parameters[0] = 0xDEAD_BEEF;

    public override DebugFault StartErase(MemoryRegion region, uint block) => FaultKind.Unsupported;

    public override DebugFault PollErase(out bool done)
    {
        done = true;
        return FaultKind.Unsupported;
    }
}
