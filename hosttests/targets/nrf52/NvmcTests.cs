using static SharpProbe.Tests.Targets.BusRig;
using static SharpProbe.Tests.Targets.Nrf52.Nrf52Rig;

namespace SharpProbe.Tests.Targets.Nrf52;

/// <summary>The flash controller (nRF52832 Product Specification, "NVMC") from the debugger's side.</summary>
public class NvmcTests
{
    private const ushort Loop = 0xE7FE;

    [Fact] public void A_write_without_Wen_is_a_bus_error_and_changes_nothing()
    {
        var rig = new Nrf52Rig(Loop);
        Assert.False(rig.Write(0x2000, 0));
        Assert.Equal(uint.MaxValue, rig[0x2000]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Anything_but_a_word_is_a_bus_error(int width)
    {
        var rig = new Nrf52Rig(Loop);
        rig[Config] = Wen;
        Assert.False(rig.Write(0x2000, 0, width));
        Assert.Equal(uint.MaxValue, rig[0x2000]);
    }

    [Fact] public void A_word_takes_its_time_and_reads_back()
    {
        var rig = new Nrf52Rig(Loop);
        rig[Config] = Wen;
        rig[0x2000] = 0x1234_5678;
        Assert.InRange(rig.Duration(), 65 * Microsecond, 70 * Microsecond);
        Assert.Equal(0x1234_5678u, rig[0x2000]);
    }

    [Fact] public void Words_one_after_another_wait_for_each_other()
    {
        var rig = new Nrf52Rig(Loop);
        rig[Config] = Wen;
        ulong start = rig.Probe.Time.Now;
        for (uint i = 0; i < 10; i++) rig[0x2000 + i * 4] = i;
        rig.Duration();
        Assert.InRange(rig.Probe.Time.Now - start, 675 * Microsecond, 690 * Microsecond);
        for (uint i = 0; i < 10; i++) Assert.Equal(i, rig[0x2000 + i * 4]);
    }

    [Fact] public void A_second_write_only_clears_bits()
    {
        var rig = new Nrf52Rig(Loop);
        rig[Config] = Wen;
        rig[0x2000] = 0xFFFF_00F0;
        rig[0x2000] = 0x0FFF_FFFF;
        Assert.Equal(0x0FFF_00F0u, rig[0x2000]);
    }

    [Fact] public void A_third_write_without_an_erase_stops_the_target_by_name()
    {
        var rig = new Nrf52Rig(Loop);
        rig[Config] = Wen;
        rig[0x2000] = 3;
        rig[0x2000] = 2;
        rig.Write(0x2000, 0);
        Assert.Contains("0x00002000 is written a third time", rig.Target.Stopped?.Message);
    }

    [Fact] public void An_erase_needs_Een()
    {
        var rig = new Nrf52Rig(Loop);
        rig[Config] = Wen;
        rig[0x2000] = 0;
        rig.Duration();
        rig[ErasePage] = 0x2000;
        Assert.Equal(1u, rig[Ready]);
        Assert.Equal(0u, rig[0x2000]);
    }

    [Fact] public void A_page_erase_takes_its_time_and_leaves_its_neighbours()
    {
        var rig = new Nrf52Rig(Loop);
        rig[Config] = Wen;
        foreach (uint address in new[] { 0x1FFCu, 0x2000u, 0x2FFCu, 0x3000u }) rig[address] = 0;
        rig[Config] = Een;
        rig[ErasePage] = 0x2000;
        Assert.InRange(rig.Duration(), 89 * Millisecond, 90 * Millisecond);
        Assert.Equal([0, uint.MaxValue, uint.MaxValue, 0], new[] { 0x1FFCu, 0x2000u, 0x2FFCu, 0x3000u }.Select(a => rig[a]));
        rig[Config] = Wen;
        rig[0x2000] = 1;
        rig[0x2000] = 0;        // the erase begins the count anew
        Assert.Null(rig.Target.Stopped);
    }

    [Fact] public void Erasing_all_takes_the_UICR_too()
    {
        var rig = new Nrf52Rig(Loop);
        rig[Config] = Wen;
        rig[Uicr + 0x80] = 0x55;
        rig[Config] = Een;
        rig[EraseAll] = 1;
        Assert.InRange(rig.Duration(), 295 * Millisecond, 296 * Millisecond);
        Assert.Equal(uint.MaxValue, rig[Uicr + 0x80]);
        Assert.Equal(uint.MaxValue, rig[0x100]);
    }

    [Fact] public void Only_ERASEUICR_erases_the_UICR_alone()
    {
        var rig = new Nrf52Rig(Loop);
        rig[Config] = Wen;
        rig[Uicr + 0x80] = 0x55;
        rig[Config] = Een;
        rig[ErasePage] = Uicr;
        Assert.Equal(0x55u, rig[Uicr + 0x80]);
        rig[EraseUicr] = 1;
        rig.Duration();
        Assert.Equal(uint.MaxValue, rig[Uicr + 0x80]);
        Assert.Equal(0xE7FEu, rig[0x100] & 0xFFFF);
    }

    /// <summary>CONFIG = 2; ERASEPAGE = 0x2000; from RAM; then counts in r4 while READY reads 0.</summary>
    [Fact] public void Code_in_RAM_runs_on_while_a_page_is_erased_and_sees_READY()
    {
        var rig = new Nrf52Rig(Loop);
        uint at = Ram + 0x100;
        // ldr r0,=0x4001E400; movs r1,#2; ldr r2,=0x104; str r1,[r0,r2]; ldr r2,=0x108; lsls r1,r1,#12; str r1,[r0,r2]; movs r4,#0
        // 1: adds r4,#1; ldr r3,[r0]; cmp r3,#0; beq 1b; b .
        ushort[] code = [0x4808, 0x2102, 0x4A08, 0x5081, 0x4A08, 0x0309, 0x5081, 0x2400, 0x3401, 0x6803, 0x2B00, 0xD0FB, 0xE7FE, 0, 0, 0, 0, 0];
        for (int i = 0; i < code.Length; i++) rig.Write(at + (uint)i * 2, code[i], 2);
        rig[at + 36] = 0x4001_E400;
        rig[at + 40] = 0x104;
        rig[at + 44] = 0x108;
        rig[TargetRig.Dhcsr] = TargetRig.Key | 3;
        rig[TargetRig.Dcrdr] = at;
        rig[TargetRig.Dcrsr] = 1u << 16 | 15;
        rig[TargetRig.Dhcsr] = TargetRig.Key | 1;
        rig.Wait(50 * Millisecond);
        Assert.Equal(0u, rig[Ready]);
        rig.Wait(50 * Millisecond);
        rig[TargetRig.Dhcsr] = TargetRig.Key | 3;
        rig[TargetRig.Dcrsr] = 15;
        Assert.Equal(at + 24, rig[TargetRig.Dcrdr]);
        rig[TargetRig.Dcrsr] = 4;
        Assert.InRange(rig[TargetRig.Dcrdr], 100_000u, 2_000_000u);
    }
}
