using SharpProbe.Adi;
using SharpProbe.Sim;
using SharpProbe.Tests.Adi;

namespace SharpProbe.Tests.Wire;

/// <summary>What the firmware's MEM-AP does on the wire, as the bench's debug port saw it.</summary>
public class MemoryTests
{
    private readonly uint _shifter;

    public MemoryTests() : this(0) { }

    protected MemoryTests(uint shifter) => _shifter = shifter;

    private const uint Ram = RamBus.Start;

    private static byte[] Pattern(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 37 + 11))];

    [Fact]
    public void A_scan_finds_the_debug_port_and_its_access_port()
    {
        var rig = new WireRig(shifter: _shifter).Scanned();
        Assert.Equal(1, rig.Access.PortCount);
        Assert.Equal((0x1BA0_1477u, 0x1477_0011u, 0xE00F_F003u), (rig.Memory.DpIdr, rig.Memory.Idr, rig.Memory.Base));
        Assert.Empty(rig.Port.Findings);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(1, 3)]
    [InlineData(3, 6)]
    [InlineData(2, 1)]
    [InlineData(1020, 9)]
    [InlineData(5, 4000)]
    public void Any_address_and_length_can_be_written_and_read(int offset, int length)
    {
        var rig = new WireRig(shifter: _shifter).Scanned();
        byte[] data = Pattern(length), back = new byte[length];
        Assert.True(rig.Memory.Write(Ram + (uint)offset, data).Ok);
        Assert.True(rig.Memory.Flush().Ok);
        Assert.Equal(data, rig.Bus.Bytes[offset..(offset + length)]);
        Assert.True(rig.Bus.Bytes[..offset].All(b => b == 0) && rig.Bus.Bytes[(offset + length)..].All(b => b == 0));
        Assert.True(rig.Memory.Read(Ram + (uint)offset, back).Ok);
        Assert.Equal(data, back);
        Assert.Empty(rig.Port.Findings);
    }

    [Fact]
    public void A_block_read_is_posted_and_ends_with_one_RDBUFF()
    {
        var rig = new WireRig(shifter: _shifter).Scanned();
        rig.Memory.Read(Ram, new byte[16]);
        rig.Port.Log.Clear();
        rig.Memory.Read(Ram + 64, new byte[16]);
        Assert.Equal("=TAR DRW DRW DRW DRW RDBUFF", rig.Transfers);
    }

    [Fact]
    public void A_block_that_goes_on_where_the_last_one_ended_sets_nothing()
    {
        var rig = new WireRig(shifter: _shifter).Scanned();
        rig.Memory.Write(Ram, new byte[8]);
        rig.Port.Log.Clear();
        rig.Memory.Write(Ram + 8, new byte[8]);
        Assert.Equal("=DRW =DRW", rig.Transfers);
    }

    [Fact]
    public void TAR_is_written_again_at_each_KiB()
    {
        var rig = new WireRig(shifter: _shifter).Scanned();
        rig.Memory.Write(Ram + 1016, new byte[16]);
        Assert.EndsWith("=TAR =DRW =DRW =TAR =DRW =DRW", rig.Transfers);
    }

    [Fact]
    public void A_word_written_costs_46_clocks()
    {
        var rig = new WireRig(shifter: _shifter).Scanned();
        rig.Memory.Write(Ram, new byte[4]);
        ulong before = rig.Port.Clocks;
        rig.Memory.Write(Ram + 4, new byte[400]);
        Assert.Equal(100ul * 46 + 8, rig.Port.Clocks - before);
    }

    [Fact]
    public void A_word_read_costs_46_clocks()
    {
        var rig = new WireRig(shifter: _shifter).Scanned();
        rig.Memory.Read(Ram, new byte[4]);
        ulong before = rig.Port.Clocks;
        rig.Memory.Read(Ram + 4, new byte[400]);
        Assert.Equal(101ul * 46 + 8, rig.Port.Clocks - before);
    }

    [Fact]
    public void Half_words_are_packed_in_pairs_and_arrive_as_half_words()
    {
        var rig = new WireRig(shifter: _shifter).Scanned();
        byte[] data = Pattern(10);
        rig.Bus.Accesses.Clear();
        Assert.True(rig.Memory.WriteHalfwords(Ram + 2, data).Ok);
        Assert.True(rig.Memory.Flush().Ok);
        Assert.Equal(data, rig.Bus.Bytes[2..12]);
        Assert.Equal(Enumerable.Range(0, 5).Select(i => (Ram + 2 + 2 * (uint)i, 2)), rig.Bus.Accesses);
        Assert.EndsWith("=CSW =TAR =DRW =CSW =DRW =DRW RDBUFF", rig.Transfers);
    }

    [Fact]
    public void Half_words_go_one_by_one_where_the_access_port_cannot_pack()
    {
        var rig = new WireRig(packs: false, shifter: _shifter).Scanned();
        byte[] data = Pattern(8);
        rig.Bus.Accesses.Clear();
        Assert.True(rig.Memory.WriteHalfwords(Ram, data).Ok);
        Assert.True(rig.Memory.Flush().Ok);
        Assert.Equal(data, rig.Bus.Bytes[..8]);
        Assert.All(rig.Bus.Accesses, a => Assert.Equal(2, a.Width));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Sized_accesses_have_that_size_only(int width)
    {
        var rig = new WireRig(shifter: _shifter).Scanned();
        byte[] data = Pattern(24), back = new byte[24];
        rig.Bus.Accesses.Clear();
        Assert.True(rig.Memory.WriteSized(Ram + 4, data, width).Ok);
        Assert.True(rig.Memory.ReadSized(Ram + 4, back, width).Ok);
        Assert.Equal(data, back);
        Assert.All(rig.Bus.Accesses, a => Assert.Equal(width, a.Width));
        Assert.Equal(2 * 24 / width, rig.Bus.Accesses.Count);
    }

    [Fact]
    public void A_slow_bus_is_waited_for()
    {
        var rig = new WireRig(shifter: _shifter).Scanned();
        rig.Bus.Latency = TimeBase.Second / 1_000_000_000 * 52_500;      // flash: 52.5 us a half-word
        byte[] data = Pattern(64);
        Assert.True(rig.Memory.WriteHalfwords(Ram, data).Ok);
        Assert.True(rig.Memory.Flush().Ok);
        Assert.Equal(data, rig.Bus.Bytes[..64]);
        Assert.True(rig.Turns.Count > 10);
    }
}
