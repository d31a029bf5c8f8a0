//! The real sales data with the mappings of `docs/examples`, when the data are beside the project.

use std::path::{Path, PathBuf};

use app::imports::Mapping;
use serde_json::Value as Json;

use crate::desk::expect_counts;
use crate::world::{BOTH, World};

fn data() -> Option<PathBuf> {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/crm_sales_opportunities");
    root.is_dir().then_some(root)
}

fn example(name: &str) -> Mapping {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples").join(name);
    Mapping::read(&serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()).unwrap()
}

async fn import(world: &World, file: &Path, mapping: Mapping) -> Json {
    world.workspace.import_path(&world.admin, file, mapping, false, &mut |_, _| ()).await.unwrap()
}

#[tokio::test]
async fn the_sales_teams_real_data_come_in_whole() {
    let Some(data) = data() else { return };
    for on in BOTH {
        let world = World::new(on).await;
        let of = |part: &str| format!("crm-sales-opportunities-{part}.json");
        let products = import(&world, &data.join("products.csv"), example(&of("products"))).await;
        expect_counts(&products, "done", [7, 0, 0, 0]);
        let accounts = import(&world, &data.join("accounts.csv"), example(&of("accounts"))).await;
        assert_eq!(
            (&accounts["rows_failed"], &accounts["rows_done"]),
            (&Json::from(0), &Json::from(85))
        );
        let teams = import(&world, &data.join("sales_teams.csv"), example(&of("teams"))).await;
        expect_counts(&teams, "done", [35, 0, 0, 0]);
        let mut untranslated = example(&of("opportunities"));
        untranslated.columns.get_mut("product").unwrap().translate.clear();
        let deals = import(&world, &data.join("sales_pipeline.csv"), untranslated).await;
        expect_counts(&deals, "done", [7320, 0, 0, 1480]);
        assert!(
            world
                .errors_of(&deals)
                .await
                .contains("There is no Product “GTXPro”. Did you mean “GTX Pro”?")
        );
        let deals =
            import(&world, &data.join("sales_pipeline.csv"), example(&of("opportunities"))).await;
        expect_counts(&deals, "done", [1480, 0, 7320, 0]);
    }
}
