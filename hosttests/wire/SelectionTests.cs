using System.Text;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Sim.Adi;

namespace SharpProbe.Tests.Wire;

public class SelectionTests
{
    [Theory]
    [InlineData(SwjProtocol.Jtag)]
    [InlineData(SwjProtocol.Swd)]
    [InlineData(SwjProtocol.Dormant)]
    public void A_DPv2_is_found_in_any_state(SwjProtocol start)
    {
        var rig = new WireRig(ap => new SwDp(0x0BC1_2477, ap) { Start = start, MultiDrop = false, TargetId = 0x0100_2927 }).Scanned();
        Assert.Equal(0x0100_2927u, rig.Memory.TargetId);
    }

    [Fact]
    public void One_of_several_on_a_wire_is_chosen_by_TARGETSEL()
    {
        var rig = new WireRig(ap => new SwDp(0x0BC1_2477, ap) { Start = SwjProtocol.Dormant, TargetId = 0x0BAD_0041, Instance = 3 });
        Assert.Equal(FaultKind.NoAnswer, rig.Access.Scan(0x2BAD_0041).Kind);
        Assert.Equal(FaultKind.None, rig.Access.Scan(0x3BAD_0041).Kind);
    }

    [Fact]
    public void A_known_multi_drop_chip_is_found_without_TARGETSEL()
    {
        var rig = new WireRig(ap => new SwDp(0x0BC1_2477, ap) { Start = SwjProtocol.Dormant, TargetId = 0x0100_2927, Instance = 1 });
        Assert.Equal(FaultKind.None, rig.Access.Scan(0).Kind);
    }

    [Fact]
    public void An_unreadable_ROM_table_is_described_as_such()
    {
        var rig = new WireRig().Scanned();
        var text = new Text();
        rig.Access.Describe(text);
        Assert.Equal("DPIDR 0x1BA01477 (Arm, DPv1)\nAP 0: IDR 0x14770011, BASE 0xE00FF003\n  0xE00FF000: bus error at 0xE00FFFD0\n", text.ToString());
    }

    [Fact]
    public void The_components_of_a_ROM_table_are_named()
    {
        var rig = new WireRig(rom: 0x2000_0003);
        Component(rig, 0, 1, 0x020, 0x410);
        Component(rig, 0x1000, 14, 0x23B, 0x000);
        BitConverter.GetBytes(0x0000_1003u).CopyTo(rig.Bus.Bytes, 0);
        BitConverter.GetBytes(0x0000_1002u).CopyTo(rig.Bus.Bytes, 4);        // not present
        BitConverter.GetBytes(0x0000_0003u).CopyTo(rig.Bus.Bytes, 8);        // the table itself: a loop
        rig.Scanned();
        Assert.Equal((0x020, 0x410), (rig.Memory.Designer, rig.Memory.Part));
        var text = new Text();
        rig.Access.Describe(text);
        Assert.EndsWith("  0x20000000: STMicroelectronics ROM table, part 0x410\n    0x20001000: Arm Cortex-M3 SCS\n    0x20000000: STMicroelectronics ROM table, part 0x410\n", text.ToString());
    }

    private static void Component(WireRig rig, int at, int kind, int designer, int part)
    {
        byte[] ids = new byte[48];
        ids[0] = (byte)(designer >> 7);
        ids[16] = (byte)part;
        ids[20] = (byte)(part >> 8 | (designer & 15) << 4);
        ids[24] = (byte)(8 | designer >> 4 & 7);
        (ids[32], ids[36], ids[40], ids[44]) = (0x0D, (byte)(kind << 4), 0x05, 0xB1);
        ids.CopyTo(rig.Bus.Bytes, at + 0xFD0);
    }

    private sealed class Text : TextOutput
    {
        private readonly StringBuilder _text = new();
        public override void Write(ReadOnlySpan<byte> text) => _text.Append(Encoding.ASCII.GetString(text));
        public override string ToString() => _text.ToString();
    }
}
