using SharpProbe.Build;

namespace SharpProbe.Tests.Build;

public class ReproducibilityTests
{
    [Fact]
    public void Two_builds_in_two_folders_give_equal_bytes()
    {
        using DriverProcess one = new("a"), other = new("another-and-longer-name");
        Assert.Equal(0, one.Run("firmware", "--board", "selftest").ExitCode);
        Assert.Equal(0, other.Run("firmware", "--board", "selftest").ExitCode);
        foreach (string extension in new[] { ".elf", ".bin", ".hex", ".dfu", ".size.txt" }) Assert.Equal(one.Output(extension), other.Output(extension));
    }

    [Fact]
    public void Where_nothing_changed_nothing_is_rebuilt()
    {
        using DriverProcess driver = new("incremental");
        driver.Run("firmware", "--board", "selftest");
        string elf = Path.Combine(driver.Root, "out", "selftest", "selftest.elf");
        DateTime built = File.GetLastWriteTimeUtc(elf);
        ShellResult again = driver.Run("firmware", "--board", "selftest");
        Assert.Equal(["selftest: up to date"], again.Output);
        Assert.Equal(built, File.GetLastWriteTimeUtc(elf));
    }

    [Fact]
    public void A_changed_source_is_rebuilt()
    {
        using DriverProcess driver = new("changed");
        driver.Run("firmware", "--board", "selftest");
        File.AppendAllText(Path.Combine(driver.Root, "hosttests", "target", "Program.cs"), "static class Unused;\n");
        Assert.DoesNotContain("selftest: up to date", driver.Run("firmware", "--board", "selftest").Output);
    }

    [Fact]
    public void A_mistake_in_the_source_is_reported_by_file_and_line_and_fails()
    {
        using DriverProcess driver = new("mistake");
        string file = Path.Combine(driver.Root, "hosttests", "target", "Mistake.cs");
        File.WriteAllText(file, "static class Mistake\n{\n    static void Run() { throw null!; }\n}\n");
        ShellResult result = driver.Run("firmware", "--board", "selftest");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("hosttests/target/Mistake.cs(3,25): error SP0001", result.Text);
    }
}
