using SharpProbe.Sim.Elf;

namespace SharpProbe.Tests.Elf;

public class SymbolMapTests
{
    // A class with a method declared in it and the code in an entry that refers to the declaration, as ilc writes it.
    private const string Source = """
        .file "Gpio.cs"
        .file 1 "/source/hal/Gpio.cs"
        .text
        .global app_SharpProbe_Gpio__Set
        .type app_SharpProbe_Gpio__Set, %function
        app_SharpProbe_Gpio__Set:
            nop
        .loc 1 34
            nop
            nop
        .loc 1 35
            bx lr
        .size app_SharpProbe_Gpio__Set, . - app_SharpProbe_Gpio__Set
        .global Reset_Handler
        .type Reset_Handler, %function
        Reset_Handler:
            b .
        .section .debug_abbrev
            .uleb128 1, 0x11; .byte 1; .uleb128 0, 0
            .uleb128 2, 0x02; .byte 1; .uleb128 0x03, 0x08, 0, 0
            .uleb128 3, 0x2E; .byte 0; .uleb128 0x03, 0x08, 0x6E, 0x08, 0, 0
            .uleb128 4, 0x2E; .byte 0; .uleb128 0x47, 0x13, 0x11, 0x01, 0x12, 0x06, 0, 0
            .byte 0
        .section .debug_info
        unit:
            .4byte unit_end - unit_start
        unit_start:
            .2byte 4; .4byte 0; .byte 4
            .uleb128 1
            .uleb128 2; .asciz "app_SharpProbe_Gpio"
        method:
            .uleb128 3; .asciz "Set"; .asciz "app_SharpProbe_Gpio__Set"
            .byte 0
            .uleb128 4; .4byte method - unit; .4byte app_SharpProbe_Gpio__Set; .4byte 8
            .byte 0
        unit_end:

        """;

    [Theory]
    [InlineData("-gdwarf-4")]
    [InlineData("-gdwarf-5")]
    public void An_address_is_named_by_method_offset_and_line(string version)
    {
        var map = new SymbolMap(Assembled.Elf(Source, options: version));
        Assert.Null(map.Warning);
        Assert.Equal("SharpProbe.Gpio.Set +0x2 (Gpio.cs:34)", map.Name(0x0800_0002));
        Assert.Equal("SharpProbe.Gpio.Set +0x6 (Gpio.cs:35)", map.Name(0x0800_0006));
    }

    [Fact]
    public void Instructions_before_the_first_line_row_belong_to_that_row() =>
        Assert.Equal("SharpProbe.Gpio.Set (Gpio.cs:34)", new SymbolMap(Assembled.Elf(Source)).Name(0x0800_0000));

    [Fact]
    public void A_function_without_debug_information_is_named_by_its_symbol() =>
        Assert.Equal("Reset_Handler", new SymbolMap(Assembled.Elf(Source)).Name(0x0800_0008));

    [Fact]
    public void An_address_outside_the_program_is_given_as_a_number() =>
        Assert.Equal("0x20000000", new SymbolMap(Assembled.Elf(Source)).Name(0x2000_0000));

    [Fact]
    public void A_method_is_found_by_its_name_in_the_source() =>
        Assert.Equal(0x0800_0000u, new SymbolMap(Assembled.Elf(Source)).AddressOf("SharpProbe.Gpio.Set"));
}
