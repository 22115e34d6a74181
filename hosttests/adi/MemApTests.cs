using SharpProbe.Sim.Adi;

namespace SharpProbe.Tests.Adi;

public class MemApTests
{
    private const int Csw = 0, Tar = 4, Drw = 12, Rdbuff = 12;
    private const uint Byte = 0, HalfWord = 1, Word = 2, Single = 1 << 4, Packed = 2 << 4, Protection = 0x2300_0000;

    private readonly SwdBench _bench = new SwdBench().Connected();
    private SwdHost Host => _bench.Host;

    private void Set(uint csw, uint address)
    {
        Host.WriteAp(Csw, Protection | csw);
        Host.WriteAp(Tar, address);
    }

    private uint Fetch()
    {
        Host.ReadAp(Drw);
        return Host.ReadDp(Rdbuff);
    }

    [Fact] public void Identification_is_as_given()
    {
        Assert.Equal(0x1477_0011u, Host.ReadApNow(0, 0xFC));
        Assert.Equal(0xE00F_F003u, Host.ReadApNow(0, 0xF8));
        Assert.Equal(0u, Host.ReadApNow(0, 0xF4));
    }

    [Fact] public void Words_go_to_memory_and_back_with_auto_increment()
    {
        Set(Word | Single, RamBus.Start);
        for (uint i = 1; i <= 4; i++) Host.WriteAp(Drw, i * 0x0101_0101);
        Host.Idle();
        Assert.Equal(0x0303_0303u, _bench.Bus.Word(8));
        Host.WriteAp(Tar, RamBus.Start);
        Host.ReadAp(Drw);
        Assert.Equal(0x0101_0101u, Host.ReadAp(Drw));
        Assert.Equal(0x0202_0202u, Host.ReadAp(Drw));
    }

    [Fact] public void Increment_wraps_at_a_KiB()
    {
        Set(Word | Single, RamBus.Start + 0x3FC);
        Fetch();
        Host.ReadAp(Tar);
        Assert.Equal(RamBus.Start, Host.ReadDp(Rdbuff));
    }

    [Fact] public void Without_increment_TAR_stays()
    {
        Set(Word, RamBus.Start + 8);
        Fetch();
        Host.ReadAp(Tar);
        Assert.Equal(RamBus.Start + 8, Host.ReadDp(Rdbuff));
    }

    [Fact] public void Byte_travels_in_its_own_lane()
    {
        Set(Byte | Single, RamBus.Start + 1);
        Host.WriteAp(Drw, 0x1122_3344);
        Host.WriteAp(Drw, 0x1122_3344);
        Host.Idle();
        Assert.Equal(0x0022_3300u, _bench.Bus.Word(0));
        Set(Byte, RamBus.Start + 2);
        Assert.Equal(0x22u, Fetch() >> 16 & 0xFF);
    }

    [Fact] public void Lanes_that_carry_nothing_do_not_read_as_zero()
    {
        Set(Byte, RamBus.Start);
        Assert.NotEqual(0u, Fetch() & 0xFFFF_FF00);
    }

    [Theory, InlineData(Byte, 4), InlineData(HalfWord, 2)]
    public void Packed_transfer_is_several_accesses_in_one_word(uint size, int accesses)
    {
        Set(size | Packed, RamBus.Start + 16);
        Host.WriteAp(Drw, 0x4433_2211);
        Host.Idle();
        Assert.Equal(0x4433_2211u, _bench.Bus.Word(16));
        Assert.Equal(accesses, _bench.Bus.Accesses.Count);
        Host.ReadAp(Tar);
        Assert.Equal(RamBus.Start + 20, Host.ReadDp(Rdbuff));
    }

    [Fact] public void Packed_reads_back_as_off_where_there_is_none()
    {
        var bench = new SwdBench(dp: ap => new(0x0BB1_1477, new MemAp(ap.Bus, 0x0477_0021, 0xE00F_F003) { HasPacked = false })).Connected();
        bench.Host.WriteAp(Csw, Protection | Packed | HalfWord);
        Assert.Equal(0u, bench.Host.ReadApNow(0, Csw) & 0x30);
    }

    [Fact] public void Unsupported_size_reads_back_as_word()
    {
        Host.WriteAp(Csw, Protection | 3);
        Assert.Equal(Word, Host.ReadApNow(0, Csw) & 7);
    }

    [Fact] public void Banked_data_registers_address_sixteen_bytes_and_do_not_increment()
    {
        Set(Word | Single, RamBus.Start + 0x10);
        Host.WriteDp(8, 0x10);
        Host.WriteAp(0xC, 0xDDDD_0003);
        Host.WriteAp(0x4, 0xDDDD_0001);
        Host.Idle();
        Assert.Equal(0xDDDD_0003u, _bench.Bus.Word(0x1C));
        Assert.Equal(0xDDDD_0001u, _bench.Bus.Word(0x14));
        Assert.Equal(RamBus.Start + 0x10, Host.ReadApNow(0, Tar));
    }

    [Fact] public void Failed_access_does_not_increment()
    {
        Set(Word | Single, 0x6000_0000);
        Host.ReadAp(Drw);
        Host.WriteDp(0, 1 << 2);
        Host.ReadAp(Tar);
        Assert.Equal(0x6000_0000u, Host.ReadDp(Rdbuff));
    }

    [Fact] public void DeviceEn_shows_whether_the_chip_lets_a_debugger_in()
    {
        Assert.NotEqual(0u, Host.ReadApNow(0, Csw) & 1 << 6);
        _bench.Bus.Enabled = false;
        Assert.Equal(0u, Host.ReadApNow(0, Csw) & 1 << 6);
        Host.ReadAp(Drw);
        Assert.Equal(SwdAck.Fault, Host.Read(false, Rdbuff, out _));
    }

    [Fact] public void Address_that_is_no_multiple_of_the_size_is_a_finding()
    {
        Set(Word, RamBus.Start + 2);
        Fetch();
        Assert.Contains("0x20000002", Assert.Single(_bench.Port.Findings).Text);
    }
}
