using SharpProbe.Sim.Boards;

namespace SharpProbe.Tests.Boot;

public class CrashTests
{
    [Theory]
    [InlineData("badaddress", @"BusFault \(precise access at 0x6FFFFFF0\) in DeliberateCrash\.BadAddress <")]
    [InlineData("null", @"MemManage \(no access allowed at 0x0000000[48]\) in DeliberateCrash\.NullReference <")]
    [InlineData("div0", @"UsageFault \(division by zero\) in DeliberateCrash\.DivideByZero <")]
    [InlineData("stack", @"MemManage \(.*\) in DeliberateCrash\.StackOverflow")]
    [InlineData("unaligned", @"UsageFault \(unaligned access\) in DeliberateCrash\.UnalignedDevice <")]
    [InlineData("index", @"index out of range in DeliberateCrash\.IndexOutOfRange <")]
    [InlineData("undefined", @"UsageFault \(undefined instruction\) in ")]
    public void A_fault_is_reported_at_the_next_start_with_its_function(string name, string report)
    {
        var booted = new BootedBoard(BoardList.Find("stlinkv3mini")).Run(60);
        string after = booted.Type("crash " + name, 120);
        BootedBoard.AssertSaid($@"reset by software\r\nlast crash: {report}", after);
    }

    [Fact]
    public void A_hung_loop_is_reported_after_the_watchdog_has_bitten()
    {
        var booted = new BootedBoard(BoardList.Find("stlinkv3mini")).Run(60);
        string after = booted.Type("crash watchdog", 2600);
        BootedBoard.AssertSaid(@"reset by watchdog\r\nlast crash: watchdog: the main loop was stuck in DeliberateCrash\.Hang <", after);
    }

    [Theory]
    [InlineData("pybd_sf2")]
    [InlineData("devebox_h743")]
    [InlineData("devebox_h750")]
    public void Every_board_reports(string board)
    {
        var booted = new BootedBoard(BoardList.Find(board)).Run(60);
        BootedBoard.AssertSaid(@"last crash: UsageFault \(division by zero\) in DeliberateCrash\.DivideByZero", booted.Type("crash div0", 120));
    }

    [Fact]
    public void A_report_is_given_once()
    {
        var booted = new BootedBoard(BoardList.Find("stlinkv3mini")).Run(60);
        booted.Type("crash div0", 120);
        Assert.DoesNotContain("last crash", booted.Type("reboot", 120));
    }

    [Fact]
    public void A_power_cycle_leaves_nothing_to_report()
    {
        var booted = new BootedBoard(BoardList.Find("stlinkv3mini")).Run(60);
        booted.Type("crash div0", 5);
        int before = booted.Console.Length;
        booted.Machine.PowerOn();
        booted.Run(60);
        Assert.DoesNotContain("last crash", booted.Console[before..]);
    }
}
