namespace SharpProbe.Tests;

/// <summary>C for a simulated target with a Cortex-M3.</summary>
internal static class ArmC
{
    /// <summary>Compiles and links, or fails the test with what the compiler says.</summary>
    public static void Compile(string elf, params IEnumerable<string> arguments)
    {
        Child compiled = Child.Run(60, "arm-none-eabi-gcc", ["-mcpu=cortex-m3", "-mthumb", "-g", .. arguments, "-o", elf]);
        Assert.True(compiled.Code == 0, compiled.Text);
    }
}
