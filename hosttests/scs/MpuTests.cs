using SharpProbe.Sim;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Tests.Scs;

public class MpuTests
{
    private const uint NoAccess = 0, FullAccess = 3 << 24, PrivilegedOnly = 1 << 24, ReadOnly = 6 << 24, ExecuteNever = 1 << 28;

    private readonly Mpu _mpu = new(8);
    private readonly Dictionary<string, Register> _registers;

    public MpuTests() => _registers = _mpu.Registers().ToDictionary(r => r.Name);

    private void Write(string name, uint value) => _registers[name].OnWrite!(0, value);

    /// <param name="number">Region.</param>
    /// <param name="address">Base.</param>
    /// <param name="sizeBits">log2 of bytes.</param>
    /// <param name="attributes">AP and XN.</param>
    /// <param name="subregions">Disabled subregions.</param>
    private void Region(uint number, uint address, int sizeBits, uint attributes, uint subregions = 0)
    {
        Write("MPU_RNR", number);
        Write("MPU_RBAR", address);
        Write("MPU_RASR", attributes | subregions << 8 | (uint)(sizeBits - 1) << 1 | 1);
    }

    [Fact]
    public void The_highest_numbered_region_wins()
    {
        Region(0, 0x2000_0000, 17, FullAccess);
        Region(1, 0x2000_0400, 5, NoAccess);
        Write("MPU_CTRL", 1);
        Assert.Equal(MpuAccess.All, _mpu.AccessAt(0x2000_03FF));
        Assert.Equal(MpuAccess.None, _mpu.AccessAt(0x2000_0400));
        Assert.Equal(MpuAccess.None, _mpu.AccessAt(0x2000_041F));
        Assert.Equal(MpuAccess.All, _mpu.AccessAt(0x2000_0420));
    }

    [Fact]
    public void A_disabled_subregion_falls_through_to_what_lies_below()
    {
        Region(0, 0x2000_0000, 10, ReadOnly);
        Region(1, 0x2000_0000, 8, FullAccess, subregions: 0b0000_0010);
        Write("MPU_CTRL", 1);
        Assert.Equal(MpuAccess.All, _mpu.AccessAt(0x2000_001F));
        Assert.Equal(MpuAccess.PrivilegedRead | MpuAccess.UserRead | MpuAccess.Execute, _mpu.AccessAt(0x2000_0020));
        Assert.Equal(MpuAccess.All, _mpu.AccessAt(0x2000_0040));
    }

    [Fact]
    public void Outside_all_regions_nothing_is_allowed_without_the_background_region()
    {
        Write("MPU_CTRL", 1);
        Assert.Equal(MpuAccess.None, _mpu.AccessAt(0x2000_0000));
    }

    [Fact]
    public void The_background_region_is_the_default_map_for_privileged_code()
    {
        Write("MPU_CTRL", 5);
        Assert.Equal(MpuAccess.PrivilegedRead | MpuAccess.PrivilegedWrite | MpuAccess.Execute, _mpu.AccessAt(0x2000_0000));
        Assert.Equal(MpuAccess.PrivilegedRead | MpuAccess.PrivilegedWrite, _mpu.AccessAt(0x4000_0000));
    }

    [Fact]
    public void Execute_never_takes_away_execution_only()
    {
        Region(0, 0x2000_0000, 10, PrivilegedOnly | ExecuteNever);
        Write("MPU_CTRL", 1);
        Assert.Equal(MpuAccess.PrivilegedRead | MpuAccess.PrivilegedWrite, _mpu.AccessAt(0x2000_0000));
    }

    [Fact]
    public void The_private_peripheral_bus_is_never_checked()
    {
        Region(0, 0, 32, NoAccess);
        Write("MPU_CTRL", 1);
        Assert.True((_mpu.AccessAt(0xE000_ED00) & MpuAccess.PrivilegedWrite) != 0);
    }

    [Fact]
    public void A_region_inside_a_page_makes_the_page_not_uniform()
    {
        Region(0, 0x2000_0000, 17, FullAccess);
        Region(1, 0x2000_1020, 5, NoAccess);
        Assert.True(_mpu.IsUniform(0x2000_0000, 12));
        Assert.False(_mpu.IsUniform(0x2000_1000, 12));
        Assert.True(_mpu.IsUniform(0x2000_2000, 12));
    }

    [Fact]
    public void A_permission_that_changes_is_seen_at_once()
    {
        Region(0, 0x2000_0000, 17, FullAccess);
        Write("MPU_CTRL", 1);
        Assert.Equal(MpuAccess.All, _mpu.AccessAt(0x2000_0000));
        Region(0, 0x2000_0000, 17, NoAccess);
        Assert.Equal(MpuAccess.None, _mpu.AccessAt(0x2000_0000));
    }

    [Fact]
    public void Selecting_a_region_that_does_not_exist_stops_the_bench() => Assert.Throws<BenchStop>(() => Write("MPU_RNR", 8));

    [Fact]
    public void A_misaligned_region_stops_the_bench() => Assert.Throws<BenchStop>(() => Region(0, 0x2000_0020, 8, FullAccess));
}
