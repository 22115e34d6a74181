using SharpProbe.Sim.Elf;

namespace SharpProbe.Tests.Elf;

public class ManagedNameTests
{
    [Theory]
    [InlineData("Firmware_SharpProbe_App_Program__Main", "SharpProbe.App.Program.Main")]
    [InlineData("SharpProbe_Boards_SharpProbe_Hal_Gpio__Set", "SharpProbe.Hal.Gpio.Set")]
    [InlineData("S_P_CoreLib_System_Math__DivideByLong", "System.Math.DivideByLong")]
    [InlineData("S_P_CoreLib_System_Span_1<UInt8>__Fill", "System.Span<byte>.Fill")]
    [InlineData("S_P_CoreLib_System_Array__Copy<Int32>", "System.Array.Copy<int>")]
    [InlineData("S_P_CoreLib_System_Buffer__Memmove_0<Char>", "System.Buffer.Memmove<char>")]
    [InlineData("app_App_Swd_1<app_App_Pins>__Read", "App.Swd<App.Pins>.Read")]
    [InlineData("app_App_Map_2<Int32__String>__Find", "App.Map<int, string>.Find")]
    [InlineData("app_App_Probe_2_Ports<app_App_Family__app_App_Board>__Run", "App.Probe.Ports<App.Family, App.Board>.Run")]
    [InlineData("String__Equals_1", "string.Equals")]
    [InlineData("app_App_St___cctor", "App.St.cctor")]
    [InlineData("app_App_Program___c__DisplayClass21_0___Main_b__0", "App.Program.Main.lambda")]
    [InlineData("app_App_Program___Main_g__Turn_3_0", "App.Program.Main.Turn")]
    public void A_compiler_symbol_becomes_the_name_in_the_source(string symbol, string name) => Assert.Equal(name, ManagedName.OfSymbol(symbol));

    [Theory]
    [InlineData("Reset_Handler")]
    [InlineData("RhpNewFast")]
    [InlineData("memcpy")]
    [InlineData("__intrinsic_udiv")]
    public void A_symbol_that_is_no_method_stays_as_it_is(string symbol) => Assert.Equal(symbol, ManagedName.OfSymbol(symbol));
}
