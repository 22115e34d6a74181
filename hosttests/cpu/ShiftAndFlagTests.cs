using SharpProbe.Sim.Cpu;
using SharpProbe.Tests.Scs;

namespace SharpProbe.Tests.Cpu;

/// <summary>Carry, overflow and the odd shift amounts (DDI0403 A2.2.1).</summary>
public class ShiftAndFlagTests
{
    [Theory]
    [InlineData(0x0808, 0x8000_0000u, 0u, true)]            // lsrs r0,r1,#32
    [InlineData(0x1008, 0x8000_0000u, 0xFFFF_FFFFu, true)]  // asrs r0,r1,#32
    [InlineData(0x0048, 0x8000_0001u, 2u, true)]            // lsls r0,r1,#1
    public void Immediate_shift_gives_result_and_carry(int code, uint value, uint result, bool carry)
    {
        var rig = new CoreRig((ushort)code);
        rig.Core[1] = value;
        rig.Run(1);
        Assert.Equal((result, carry), (rig.Core[0], rig.Core.C));
    }

    [Theory]
    [InlineData(0x4088, 0u, 3u, 3u, true)]              // lsls r0,r1 by 0 keeps value and carry
    [InlineData(0x4088, 32u, 1u, 0u, true)]
    [InlineData(0x4088, 33u, 0xFFFF_FFFFu, 0u, false)]
    [InlineData(0x40C8, 32u, 0x8000_0000u, 0u, true)]   // lsrs
    [InlineData(0x40C8, 255u, 0x8000_0000u, 0u, false)]
    [InlineData(0x4108, 200u, 0x8000_0000u, 0xFFFF_FFFFu, true)]    // asrs
    [InlineData(0x41C8, 32u, 0x8000_0001u, 0x8000_0001u, true)]     // rors by a multiple of 32 sets carry from bit 31
    [InlineData(0x41C8, 256u, 0x0000_0001u, 0x0000_0001u, true)]    // only the low byte counts: 0
    public void Shift_by_a_register_gives_result_and_carry(int code, uint amount, uint value, uint result, bool carry)
    {
        var rig = new CoreRig((ushort)code);
        (rig.Core[0], rig.Core[1], rig.Core.C) = (value, amount, true);
        rig.Run(1);
        Assert.Equal((result, carry), (rig.Core[0], rig.Core.C));
    }

    [Fact]
    public void Rrx_moves_the_carry_in_at_the_top()
    {
        var rig = new CoreRig(0xEA5F, 0x0031);      // rrxs r0,r1
        (rig.Core[1], rig.Core.C) = (2, true);
        rig.Run(1);
        Assert.Equal((0x8000_0001u, false, true), (rig.Core[0], rig.Core.C, rig.Core.N));
    }

    [Theory]
    [InlineData(0xF011, 0x4000, false, true)]   // ands r0,r1,#0x80000000: a rotated constant gives carry from its top bit
    [InlineData(0xF011, 0x007F, true, true)]    // ands r0,r1,#0x7F: an unrotated one leaves it
    [InlineData(0xF011, 0x007F, false, false)]
    public void Logical_immediate_sets_carry_as_its_encoding_says(int first, int second, bool before, bool after)
    {
        var rig = new CoreRig((ushort)first, (ushort)second) { };
        rig.Core.C = before;
        rig.Run(1);
        Assert.Equal(after, rig.Core.C);
    }

    [Theory]
    [InlineData(0x4148, 0xFFFF_FFFFu, 0u, true, 0u, true, false)]               // adcs: the carry alone overflows
    [InlineData(0x4148, 0x7FFF_FFFFu, 0u, true, 0x8000_0000u, false, true)]
    [InlineData(0x4188, 0u, 0u, false, 0xFFFF_FFFFu, false, false)]             // sbcs with borrow
    [InlineData(0x4188, 0x8000_0000u, 0u, false, 0x7FFF_FFFFu, true, true)]
    public void Arithmetic_with_carry_sets_carry_and_overflow(int code, uint n, uint m, bool carryIn, uint result, bool carry, bool overflow)
    {
        var rig = new CoreRig((ushort)code);
        (rig.Core[0], rig.Core[1], rig.Core.C) = (n, m, carryIn);
        rig.Run(1);
        Assert.Equal((result, carry, overflow), (rig.Core[0], rig.Core.C, rig.Core.V));
    }

    [Fact]
    public void The_stack_pointer_drops_its_low_two_bits()
    {
        var rig = new CoreRig(0x4685);      // mov sp,r0
        rig.Core[0] = 0x2000_0103;
        rig.Run(1);
        Assert.Equal(0x2000_0100u, rig.Core[13]);
    }
}
