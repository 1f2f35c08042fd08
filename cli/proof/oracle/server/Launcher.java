import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/** A node of Elasticsearch's core server, given its home, a folder of its own, and its name. */
public final class Launcher {
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        System.setProperty("es.distribution.type", "tar");
        LogConfigurator.configureESLogging();
        LogConfigurator.setNodeName(args[2]);
        // Port 0: the system chooses a free one, and the node writes it to logs/http.ports.
        Settings settings = Settings.builder().put("path.home", args[0]).put("path.data", folder.resolve("data"))
            .put("path.logs", folder.resolve("logs")).put("node.portsfile", true).put("node.name", args[2])
            .put("cluster.name", args[2]).put("discovery.type", "single-node").put("network.host", "127.0.0.1")
            .put("http.port", "0").put("transport.port", "0")
            .put("cluster.routing.allocation.disk.threshold_enabled", false).build();
        Environment environment = InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> args[2]);
        Node node = new Node(environment, PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(environment.modulesDir()), Set.of(), new HashMap<>(), true));
        node.start();
        // The lease holds the seconds without use after which the node ends, 0: never. Those who use it touch the file.
        Path lease = folder.resolve("lease");
        while (Files.exists(lease)) {
            long idle = Long.parseLong(Files.readString(lease)) * 1000;
            if (idle > 0 && Files.getLastModifiedTime(lease).toMillis() + idle < System.currentTimeMillis()) break;
            Thread.sleep(500);
        }
        Runtime.getRuntime().halt(0); // What it holds is thrown away.
    }
}
