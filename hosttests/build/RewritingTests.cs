using SharpProbe.Build.PostLink;

namespace SharpProbe.Tests.Build;

/// <summary>What the post-link step makes of a few instructions. Encodings are those of arm-none-eabi-as.</summary>
public class RewritingTests
{
    [Theory]
    [InlineData(0x0009, new ushort[] { 0x4618 })]                           // mov r0, r3
    [InlineData(0x0003, new ushort[] { 0x6001 })]                           // str r1, [r0]
    [InlineData(0x0007, new ushort[] { 0x1888 })]                           // adds r0, r1, r2
    [InlineData(0x0003, new ushort[] { 0x1C88 })]                           // adds r0, r1, #2
    [InlineData(0x0810, new ushort[] { 0x46A3 })]                           // mov fp, r4
    [InlineData(0x2020, new ushort[] { 0x9501 })]                           // str r5, [sp, #4]
    [InlineData(0x6098, new ushort[] { 0xB598 })]                           // push {r3, r4, r7, lr}
    [InlineData(0xA030, new ushort[] { 0xBD30 })]                           // pop {r4, r5, pc}
    [InlineData(0x6830, new ushort[] { 0xE92D, 0x4830 })]                   // push.w {r4, r5, fp, lr}
    [InlineData(0x2800, new ushort[] { 0xF10D, 0x0B18 })]                   // add.w fp, sp, #24
    [InlineData(0x0002, new ushort[] { 0xF64B, 0x31BB })]                   // movw r1, #0xbbbb
    [InlineData(0x1001, new ushort[] { 0xF8D0, 0xC000 })]                   // ldr.w ip, [r0]
    [InlineData(0x0806, new ushort[] { 0xF851, 0x200B })]                   // ldr.w r2, [r1, fp]
    [InlineData(0x000C, new ushort[] { 0xEBA2, 0x02C3 })]                   // sub.w r2, r2, r3, lsl #3
    [InlineData(0x8103, new ushort[] { 0xFB00, 0xF108 })]                   // mul r1, r0, r8: Ra is 15, which counts
    public void The_registers_of_an_instruction_are_named(int registers, ushort[] code) => Assert.Equal(registers, RegisterUse.Of(code));

    [Theory]
    [InlineData(new ushort[] { 0x1D20, 0x4629, 0x6001 }, new ushort[] { 0x6065 })]                    // adds r0, r4, #4; mov r1, r5 -> str r5, [r4, #4]
    [InlineData(new ushort[] { 0x4601, 0xF104, 0x0020, 0x6001 }, new ushort[] { 0x6220 })]            // mov r1, r0; add.w r0, r4, #32 -> str r0, [r4, #32]
    [InlineData(new ushort[] { 0xF104, 0x0080, 0x9901, 0x6001 }, new ushort[] { 0x9901, 0xF8C4, 0x1080 })]      // add.w r0, r4, #128; ldr r1, [sp, #4]
    [InlineData(new ushort[] { 0x1D08, 0x4629, 0x6001 }, new ushort[] { 0x604D })]                    // adds r0, r1, #4; mov r1, r5 -> str r5, [r1, #4]
    public void A_reference_is_stored_where_it_goes(ushort[] code, ushort[] expected)
    {
        List<CodeItem> items = Items([.. code, 0x4770]);
        Assert.True(ReferenceStore.Fold(Flow(items), items.Count - 2));
        Assert.Equal([.. expected, 0x4770], Written(items));
    }

    [Theory]
    [InlineData(new ushort[] { 0x6820, 0x4629, 0x6001 })]                                            // ldr r0, [r4]
    [InlineData(new ushort[] { 0x1D20, 0x3401, 0x6001 })]                                            // the base moves on: adds r4, #1
    [InlineData(new ushort[] { 0x1D08, 0x9901, 0x6001 })]                                            // r1 is the base and is loaded anew
    public void A_reference_whose_address_changes_is_stored_as_before(ushort[] code)
    {
        List<CodeItem> items = Items([.. code, 0x4770]);
        Assert.False(ReferenceStore.Fold(Flow(items), items.Count - 2));
        Assert.Equal([.. code, 0x4770], Written(items));
    }

    [Theory]
    [InlineData(new ushort[] { 0x1D20, 0x4629, 0x6001, 0x6008, 0x4770 }, new ushort[] { 0x1D20, 0x4629, 0x6001, 0x6008, 0x4770 })]            // str r0, [r1]: the helper has kept both
    [InlineData(new ushort[] { 0x1D20, 0x4629, 0x6001, 0x2000, 0x6008, 0x4770 }, new ushort[] { 0x4629, 0x6061, 0x2000, 0x6008, 0x4770 })]    // r1 is read, r0 is not
    [InlineData(new ushort[] { 0x1D20, 0x4629, 0x6001, 0x2000, 0x6829, 0xBD30 }, new ushort[] { 0x6065, 0x2000, 0x6829, 0xBD30 })]            // both are written anew
    public void A_reference_or_an_address_that_is_read_later_stays_where_it_is(ushort[] code, ushort[] expected)
    {
        List<CodeItem> items = Items(code);
        ReferenceStore.Fold(Flow(items), 2);
        Assert.Equal(expected, Written(items));
    }

    [Theory]
    [InlineData(new ushort[] { 0xE92D, 0x4830, 0xF10D, 0x0B08, 0xE8BD, 0x8830 }, new ushort[] { 0xB5B0, 0xBDB0 })]            // r4, r5, fp -> r4, r5, r7
    [InlineData(new ushort[] { 0xE92D, 0x4800, 0x46EB, 0xE8BD, 0x8800 }, new ushort[] { 0xB580, 0xBD80 })]                    // fp alone -> r7
    [InlineData(new ushort[] { 0xE92D, 0x48F0, 0xF10D, 0x0B10, 0xE8BD, 0x88F0 }, new ushort[] { 0xB5F8, 0xBDF8 })]            // all of r4 to r7 are saved -> r3 below them
    [InlineData(new ushort[] { 0xE92D, 0x48F8, 0xF10D, 0x0B14, 0xE8BD, 0x88F8 }, new ushort[] { 0xB5FC, 0xBDFC })]            // r3 makes room on the stack already -> r2
    [InlineData(new ushort[] { 0xE92D, 0x49F0, 0xF10D, 0x0B14, 0xE8BD, 0x89F0 }, new ushort[] { 0xE92D, 0x49F0, 0xE8BD, 0x89F0 })]        // r8 needs the wide form
    [InlineData(new ushort[] { 0xE92D, 0x48F0, 0xF10D, 0x0B10, 0xE8BD, 0x48F0, 0x4718 }, new ushort[] { 0xE92D, 0x48F0, 0xE8BD, 0x48F0, 0x4718 })]      // a tail call's arguments
    public void A_frame_pointer_that_nothing_reads_goes(ushort[] code, ushort[] expected)
    {
        List<CodeItem> items = Items(code);
        Assert.True(FramePointer.Remove(new Function("Type.Method", 0, (uint)code.Length * 2, items), new FrameLocations()));
        Assert.Equal(expected, Written(items));
    }

    [Fact]
    public void A_frame_pointer_that_is_read_stays()
    {
        ushort[] code = [0xE92D, 0x4830, 0xF10D, 0x0B08, 0xF1AB, 0x0D10, 0xE8BD, 0x8830];             // sub.w sp, fp, #16
        List<CodeItem> items = Items(code);
        Assert.False(FramePointer.Remove(new Function("Type.Method", 0, (uint)code.Length * 2, items), new FrameLocations()));
        Assert.Equal(code, Written(items));
    }

    private static Flow Flow(List<CodeItem> items) => new(new Function("Type.Method", 0, 0, items));

    private static ushort[] Written(List<CodeItem> items) => [.. items.Where(item => item.Kind != CodeKind.Removed).SelectMany(item => item.HalfWords)];

    private static List<CodeItem> Items(ushort[] code)
    {
        List<CodeItem> items = [];
        for (int i = 0; i < code.Length;)
        {
            int length = code[i] >> 11 >= 0x1D ? 2 : 1;
            items.Add(new CodeItem { OldOffset = (uint)i * 2, OldSize = (uint)length * 2, HalfWords = code[i..(i + length)] });
            i += length;
        }
        return items;
    }
}
