using System.Buffers.Binary;
using SharpProbe.Build.Elf;
using SharpProbe.Build.PostLink;

namespace SharpProbe.Tests.Build;

/// <summary>Passes of the post-link step that follow branches: whole functions before and after. Encodings are those of arm-none-eabi-as.</summary>
public class ShorterCodeTests
{
    private const ushort Return = 0x4770;

    public static TheoryData<string, ushort[], ushort[]> Tails => new()
    {
        { "two returns: add sp, #8; pop {r4, pc}", [0xB510, 0x2800, 0xD002, 0x2001, 0xB002, 0xBD10, 0x2002, 0xB002, 0xBD10], [0xB510, 0x2800, 0xD001, 0x2001, 0xE000, 0x2002, 0xB002, 0xBD10] },
        { "a jump whose last instruction stands before its target; another jump leads to that jump", [0x4281, 0xD003, 0xDA00, 0xE000, 0x4681, 0xE001, 0x2201, 0x4681, Return], [0x4281, 0xD001, 0xDA01, 0xE001, 0x2201, 0x4681, Return] },
        { "what nothing leads to", [0xE000, 0x2001, 0x2002, Return], [0x2002, Return] },
        { "nothing alike", [0x2800, 0xD001, 0x2001, Return, 0x2002, 0xBD10], [0x2800, 0xD001, 0x2001, Return, 0x2002, 0xBD10] },
    };

    [Theory]
    [MemberData(nameof(Tails))]
    public void Equal_tails_are_written_once(string what, ushort[] code, ushort[] expected) => Assert.Equal((what, Text(expected)), (what, Text(Laid(code, function => TailMerge.Apply(function)))));

    public static TheoryData<string, ushort[], ushort[]> Zeros => new()
    {
        { "beq forward: cbz", [0x2800, 0xD000, 0x2101, 0x2902, Return], [0xB100, 0x2101, 0x2902, Return] },
        { "bne forward: cbnz", [0x2B00, 0xD101, 0x2101, 0x2201, 0x2902, Return], [0xB90B, 0x2101, 0x2201, 0x2902, Return] },
        { "bgt at the target wants the flags", [0x2800, 0xD100, Return, 0xDC00, 0x2101, Return], [0x2800, 0xD100, Return, 0xDC00, 0x2101, Return] },
        { "adcs behind wants the carry", [0x2800, 0xD000, 0x4148, Return], [0x2800, 0xD000, 0x4148, Return] },
        { "backwards", [0x3801, 0x2800, 0xD1FC, Return], [0x3801, 0x2800, 0xD1FC, Return] },
        { "another number", [0x2801, 0xD000, 0x2101, Return], [0x2801, 0xD000, 0x2101, Return] },
    };

    [Theory]
    [MemberData(nameof(Zeros))]
    public void A_comparison_with_zero_joins_its_branch(string what, ushort[] code, ushort[] expected) => Assert.Equal((what, Text(expected)), (what, Text(Laid(code, ZeroBranch.Find))));

    public static TheoryData<string, ushort[], ushort[]> Loads => new()
    {
        { "ldr.w lr, [r0] before a call", [0xF8D0, 0xE000, 0x4798, Return], [0x4798, Return] },
        { "ldrsb.w r0, [r0]; movs r0, #1", [0xF990, 0x0000, 0x2001, Return], [0x2001, Return] },
        { "r0 is returned", [0x6800, Return], [0x6800, Return] },
        { "r3 is wanted", [0x6803, 0x4618, Return], [0x6803, 0x4618, Return] },
        { "a volatile load: dmb stood behind it", [0x6803, 0xF3BF, 0x8F5F, 0x2300, Return], [0x6803, 0xF3BF, 0x8F5F, 0x2300, Return] },
        { "of a field", [0x6843, 0x2300, Return], [0x6843, 0x2300, Return] },
    };

    [Theory]
    [MemberData(nameof(Loads))]
    public void A_load_that_only_asks_for_null_goes(string what, ushort[] code, ushort[] expected) => Assert.Equal((what, Text(expected)), (what, Text(Laid(code, function => NullCheck.Remove(function)))));

    public static TheoryData<string, ushort[], ushort[]> Constants => new()
    {
        { "one word behind the code", [0xF245, 0x6078, 0xF2C1, 0x2034, Return], [0x4800, Return, 0x5678, 0x1234] },
        { "two loads, one word", [0xF245, 0x6078, 0xF2C1, 0x2034, 0xF245, 0x6178, 0xF2C1, 0x2134, Return], [0x4801, 0x4901, Return, 0, 0x5678, 0x1234] },
        { "r8 has no narrow form", [0xF245, 0x6878, 0xF2C1, 0x2834, Return], [0xF245, 0x6878, 0xF2C1, 0x2834, Return] },
        { "in a loop", [0x3801, 0xF245, 0x6278, 0xF2C1, 0x2234, 0xD1F9, Return], [0x3801, 0xF245, 0x6278, 0xF2C1, 0x2234, 0xD1F9, Return] },
        { "in a timed function", [0xBF00, 0xF245, 0x6078, 0xF2C1, 0x2034, Return], [0xBF00, 0xF245, 0x6078, 0xF2C1, 0x2034, Return] },
        { "its second half is a branch's target", [0xD001, 0xF245, 0x6078, 0xF2C1, 0x2034, Return], [0xD001, 0xF245, 0x6078, 0xF2C1, 0x2034, Return] },
    };

    [Theory]
    [MemberData(nameof(Constants))]
    public void A_constant_is_loaded_from_behind_the_code(string what, ushort[] code, ushort[] expected) => Assert.Equal((what, Text(expected)), (what, Text(Laid(code, _ => { }))));

    [Fact]
    public void A_function_of_many_constants_that_are_too_far_keeps_them()
    {
        ushort[] code = [.. Enumerable.Range(0, 200).SelectMany(i => (ushort[])[(ushort)(0xF240), (ushort)(i & 0xFF), 0xF2C1, 0x2034]), Return];
        ushort[] laid = Laid(code, _ => { });
        Assert.Equal(0xF240, laid[0]);
        Assert.InRange(laid.Length * 2, 800, 1600);
    }

    [Fact]
    public void A_method_with_a_NOP_is_timed() => Assert.True(Decoded([0x2000, 0xBF00, Return]).IsTimed);

    private static string Text(ushort[] code) => string.Join(' ', code.Select(half => half.ToString("X4")));

    private static Function Decoded(ushort[] code) => new Decoder(Section(code)).Decode("Type.Method", 0, (uint)code.Length * 2);

    private static ushort[] Laid(ushort[] code, Action<Function> pass)
    {
        ElfSection section = Section(code);
        Function function = new Decoder(section).Decode("Type.Method", 0, (uint)code.Length * 2);
        pass(function);
        var layout = new Layout(section, [function]);
        layout.Place();
        layout.Apply(new ElfObject());
        uint end = function.Pool is { } pool ? pool.NewOffset + pool.Size : function.NewSize;
        return [.. Enumerable.Range(0, (int)end / 2).Select(i => BinaryPrimitives.ReadUInt16LittleEndian(section.Data.AsSpan(i * 2)))];
    }

    private static ElfSection Section(ushort[] code) => new("__managedcode") { Data = [.. code.SelectMany(BitConverter.GetBytes)], Size = (uint)code.Length * 2 };
}
